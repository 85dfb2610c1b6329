using Contracts.Inquiries;
using Marten;
using MassTransit;
using Platform;

namespace HandingOver;

/// <summary>A request that came of a thing of ours was registered: the link is completed, also where the reply to the call was lost.</summary>
public sealed class WhenInquiryRegistered(IServiceProvider services, HandingService service, Work work, TimeProvider clock) : IConsumer<InquiryRegistered>
{
    public async Task Consume(ConsumeContext<InquiryRegistered> context)
    {
        if (context.Message is not { Origin: { } origin } news)
        {
            return; // most requests come by other doors
        }

        var (message, ct) = (context.MessageId ?? throw new InvalidOperationException("A message without an id."), context.CancellationToken);
        work.Caller = Caller.Service(service.Name);
        work.CausedBy = message;
        var session = services.GetRequiredService<IDocumentSession>(); // opened only now: it says who acts
        if (await session.Hear(message, service.Name, clock.GetUtcNow(), ct)
            && await services.GetRequiredService<HandOvers>().End(HandOvers.IdOf(origin.Kind, origin.Id), (state, now) => HandOverDecider.Hear(state, news.InquiryId, news.Number, now), ct) is { } subject)
        {
            await services.GetRequiredService<Erasures>().TryFinish(subject, ct);
        }
    }
}
