using Contracts.Inquiries;
using Marten;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Law;

/// <summary>The working calendar was changed at Inquiries: from now on every term of this service is counted by it, in every replica.</summary>
public sealed class WhenWorkingCalendarChanged(IServiceProvider services, CalendarInForce calendar, Work work, TimeProvider clock) : IConsumer<WorkingCalendarChanged>
{
    public async Task Consume(ConsumeContext<WorkingCalendarChanged> context)
    {
        var (message, ct) = (context.MessageId ?? throw new InvalidOperationException("A message without an id."), context.CancellationToken);
        work.Caller = Caller.Service(calendar.Service);
        work.CausedBy = message;
        var session = services.GetRequiredService<IDocumentSession>(); // opened only now: it says who acts
        if (!await session.Hear(message, calendar.Service, clock.GetUtcNow(), ct))
        {
            return;
        }

        // of two at once the later one finds the version moved on, is tried again, and sees what the other left
        var stream = await session.Events.FetchForWriting<HeardCalendar>(CalendarHearing.StreamId, ct);
        var facts = CalendarHearing.Hear(stream.Aggregate, context.Message, clock.GetUtcNow().InAlmaty());
        if (facts.Count > 0)
        {
            stream.AppendMany(facts);
            session.QueueSqlCommand("notify " + CalendarInForce.Channel); // goes out with the commit
            await session.SaveChangesAsync(ct);
            await calendar.Refresh(ct);
        }
    }
}
