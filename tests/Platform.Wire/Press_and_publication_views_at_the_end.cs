extern alias press;
extern alias publications;

using System.Text.Json;
using HandingOver;
using JasperFx.Events;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using press::PressEvents;
using publications::Publications;

namespace Platform.Wire;

/// <summary>After all other tests: every view of PressEvents and Publications is what its stream folds to.</summary>
public sealed class Press_and_publication_views_at_the_end(Ground.Wire wire, ITestOutputHelper output)
{
    [Fact]
    public Task Every_press_event_is_the_fold_of_its_stream() => Press<PressEventView>(PressEventDecider.Facts, PressEventViewFold.Evolve, v => v.Id);

    [Fact] public Task Every_question_is() => Press<QuestionView>(QuestionDecider.Facts, QuestionViewFold.Evolve, v => v.Id);
    [Fact] public Task Every_hand_over_is() => Press<HandOverView>(HandOverDecider.Facts, HandOverViewFold.Evolve, v => v.Id);
    [Fact] public Task Every_spokesperson_is() => Press<SpokespersonView>(SpokespersonDecider.Facts, SpokespersonViewFold.Evolve, v => v.Id);
    [Fact] public Task Every_invitation_is() => Press<InvitationView>(InvitationDecider.Facts, InvitationViewFold.Evolve, v => v.Id);
    [Fact] public Task Every_contact_of_an_event_is() => Press<EventContactView>(EventContactDecider.Facts, EventContactViewFold.Evolve, v => v.Id);
    [Fact] public Task Every_subscription_to_news_is() => Press<NewsSubscriptionView>(NewsSubscriptionDecider.Facts, NewsSubscriptionViewFold.Evolve, v => v.Id);
    [Fact] public Task Every_statement_is() => Press<StatementView>(StatementDecider.Facts, StatementViewFold.Evolve, v => v.Id);
    [Fact] public Task Every_request_to_clarify_is() => Press<ClarificationView>(ClarificationDecider.Facts, ClarificationViewFold.Evolve, v => v.Id);
    [Fact] public Task Every_proposal_is() => Press<ProposalView>(ProposalDecider.Facts, ProposalViewFold.Evolve, v => v.Id);
    [Fact] public Task Every_registration_is() => Press<RegistrationView>(RegistrationDecider.Facts, RegistrationDecider.Evolve, v => v.Id);
    [Fact] public Task The_terms_of_registration_are() => Press<Seating>(SeatingDecider.Facts, SeatingDecider.Evolve, v => v.Id);
    [Fact] public Task Attendance_is() => Press<Attendance>(AttendanceDecider.Facts, AttendanceDecider.Evolve, v => v.Id);

    [Fact]
    public async Task Every_publication_is_the_fold_of_its_stream_and_the_due_table_says_the_same()
    {
        await Check<PublicationView>(InProcess.Publications(wire.Servers.Database("publications")), e => PublicationFold.Facts.Contains(e.EventType), (view, e) => new(e.StreamId, PublicationFold.Evolve(view?.Now, e.Data)!), v => v.Id);
        Assert.Equal(0L, await Sql.One<long>(wire.Servers.Database("publications"), "select count(*) from mt_doc_publicationview where wake_at is distinct from (data ->> 'wakeAt')::timestamptz or state is distinct from data ->> 'state'"));
    }

    [Fact] public Task Every_halt_is() => Publications<HaltView>(HaltDecider.Facts, HaltViewFold.Evolve, v => v.Id);
    [Fact] public Task Every_crisis_plan_is() => Publications<CrisisPlanView>(CrisisPlanDecider.Facts, CrisisPlanViewFold.Evolve, v => v.Id);
    [Fact] public Task Every_crisis_is() => Publications<CrisisView>(CrisisDecider.Facts, CrisisViewFold.Evolve, v => v.Id);

    private Task Publications<TView>(Type[] facts, Func<TView?, Guid, object, TView?> evolve, Func<TView, Guid> id) where TView : class, JasperFx.IRevisioned =>
        Check(InProcess.Publications(wire.Servers.Database("publications")), e => facts.Contains(e.EventType), (view, e) => evolve(view, e.StreamId, e.Data), id);
    [Fact] public Task Every_item_of_the_inbox_is() => Publications<InboxItemView>(InboxFold.Facts, (view, id, fact) => new(id, InboxFold.Evolve(view?.Now, fact)!), v => v.Id);
    [Fact] public Task What_was_published_elsewhere_is() => Publishing<LocalPublication>(LocalPublicationDecider.Facts, LocalPublicationDecider.Evolve, v => v.Id);
    [Fact] public Task Every_cadence_is() => Publishing<Cadence>(CadenceDecider.Facts, CadenceDecider.Evolve, v => v.Id);
    [Fact] public Task Every_key_to_a_calendar_is() => Publishing<CalendarKey>(CalendarKeyDecider.Facts, CalendarKeyDecider.Evolve, v => v.Id);
    [Fact] public Task Every_site_is() => Publishing<Site>(SiteDecider.Facts, SiteDecider.Evolve, v => v.Id);
    private Task Publishing<TView>(Type[] facts, Func<TView?, object, TView?> evolve, Func<TView, Guid> id) where TView : class, JasperFx.IRevisioned =>
        Check(InProcess.Publications(wire.Servers.Database("publications")), e => facts.Contains(e.EventType), (view, e) => evolve(view, e.Data), id);

    [Fact]
    public async Task The_public_record_is_what_the_streams_say()
    {
        await using var provider = InProcess.Publications(wire.Servers.Database("publications"));
        await using var session = provider.Store().QuerySession();
        var all = await session.Events.QueryAllRawEvents().OrderBy(e => e.Sequence).ToListAsync();
        var accounts = all.Where(e => RegisteredAccountFold.Facts.Contains(e.EventType)).ToLookup(e => e.StreamId);
        var folded = all.Where(e => PublicationFold.Facts.Contains(e.EventType)).GroupBy(e => e.StreamId).SelectMany(stream => Rows([.. stream], accounts)).OrderBy(r => r.Id).Select(r => JsonSerializer.Serialize(r, Json.Options)).ToList();

        Assert.NotEmpty(folded);
        await Eventually.Get("the record is as far as the streams", async () => (await session.Query<PublicRow>().ToListAsync()).OrderBy(r => r.Id).Select(r => JsonSerializer.Serialize(r, Json.Options)).ToList(), stored => stored.SequenceEqual(folded));
        output.WriteLine($"{folded.Count} rows");
    }

    private static Dictionary<Guid, PublicRow>.ValueCollection Rows(List<IEvent> stream, ILookup<Guid, IEvent> accounts)
    {
        Publication? state = null;
        Dictionary<Guid, PublicRow> rows = [];
        foreach (var (number, e) in stream.Index())
        {
            state = PublicationFold.Evolve(state, e.Data);
            var spoken = publications::Publications.PublicRecord.Asks(stream[..(number + 1)]) is (var channel, var before)
                ? publications::Publications.PublicRecord.Spoken(accounts[AccountDecider.IdOf(channel)], before) : publications::Publications.Languages.All;
            foreach (var row in publications::Publications.PublicRecord.After(state!, [.. rows.Values], e.Data, spoken, e.Timestamp))
            {
                rows[row.Id] = row;
            }
        }

        return rows.Values;
    }

    /// <summary>Streams of other kinds stand beside it.</summary>
    private Task Press<TView>(Type[] facts, Func<TView?, object, TView?> evolve, Func<TView, Guid> id) where TView : class, JasperFx.IRevisioned =>
        Check(InProcess.PressEvents(wire.Servers.Database("press_events")), e => facts.Contains(e.EventType), (view, e) => evolve(view, e.Data), id);

    private async Task Check<TView>(ServiceProvider provider, Func<IEvent, bool> concerns, Func<TView?, IEvent, TView?> evolve, Func<TView, Guid> id) where TView : class, JasperFx.IRevisioned
    {
        await using var _ = provider;
        await using var session = provider.Store().QuerySession();
        var events = (await session.Events.QueryAllRawEvents().OrderBy(e => e.Sequence).ToListAsync()).Where(e => e.Data is not Tombstone && concerns(e)).ToList();
        var folded = events.GroupBy(e => e.StreamId).ToDictionary(stream => stream.Key, stream =>
        {
            var view = stream.Aggregate((TView?)null, evolve)!;
            view.Version = stream.Count();
            return JsonSerializer.Serialize(view, Json.Options);
        });
        var stored = (await session.Query<TView>().ToListAsync()).ToDictionary(id, v => JsonSerializer.Serialize(v, Json.Options));

        Assert.NotEmpty(folded);
        Assert.Equal(folded.OrderBy(f => f.Key), stored.OrderBy(s => s.Key));
        output.WriteLine($"{events.Count} facts in {folded.Count} streams");
    }
}
