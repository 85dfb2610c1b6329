extern alias press;
extern alias publications;
extern alias service;
using System.Text.Json;
using Marten;
using service::Inquiries;

namespace Platform.Wire;

/// <summary>After all other tests: every view is what its stream folds to, and a rebuild changes nothing.</summary>
public sealed class Views_at_the_end(Ground.Wire wire, ITestOutputHelper output)
{
    [Fact]
    public async Task Every_stored_view_is_the_fold_of_its_stream()
    {
        await using var provider = InProcess.Inquiries(wire.Servers.Database("inquiries"));
        await using var session = provider.Store().QuerySession();

        // beside them lie the calendar, and tombstones where an append failed, as when a sender hung up
        var events = (await session.Events.QueryAllRawEvents().OrderBy(e => e.Sequence).ToListAsync()).Where(e => InquiryDecider.Facts.Contains(e.EventType)).ToList();
        var folded = events.GroupBy(e => e.StreamId).ToDictionary(stream => stream.Key, stream =>
        {
            var view = stream.Aggregate((InquiryView?)null, (state, e) => InquiryViewFold.Evolve(state, e.Data))!;
            view.Version = stream.Count();
            return Text(view);
        });
        var stored = (await session.Query<InquiryView>().ToListAsync()).ToDictionary(v => v.Id, Text);

        Assert.NotEmpty(folded);
        Assert.Equal(folded.OrderBy(f => f.Key), stored.OrderBy(s => s.Key));
        output.WriteLine($"{events.Count} facts in {folded.Count} streams");
    }

    [Fact]
    public async Task Every_row_of_statistics_and_every_disclosure_is_the_fold_of_its_stream()
    {
        await using var provider = InProcess.Inquiries(wire.Servers.Database("inquiries"));
        await using var session = provider.Store().QuerySession();
        var events = (await session.Events.QueryAllRawEvents().OrderBy(e => e.Sequence).ToListAsync()).Where(e => InquiryDecider.Facts.Contains(e.EventType)).ToList();
        var wanted = events.GroupBy(e => e.StreamId).Select(stream => stream.Aggregate((Timeliness?)null, (row, e) => TimelinessFold.Evolve(row, e.Data, e.Sequence))).OfType<Timeliness>()
            .OrderBy(r => r.Id).Select(r => JsonSerializer.Serialize(r, Json.Options)).ToList();
        async Task<List<string>> Stored() => [.. (await session.Query<Timeliness>().ToListAsync()).OrderBy(r => r.Id).Select(r => JsonSerializer.Serialize(r, Json.Options))];
        await Eventually.Get("the rows have caught up", Stored, rows => rows.SequenceEqual(wanted));

        Assert.Equal(events.Where(e => e.Data is AnswerClearedForDisclosure).Select(e => ((AnswerClearedForDisclosure)e.Data).DisclosureId).Order(),
            (await session.Query<DisclosureView>().ToListAsync()).Select(d => d.DisclosureId).Order());
    }

    [Theory, InlineData("inquiries"), InlineData("press_events"), InlineData("publications")]
    public async Task A_rebuild_gives_the_same_rows(string database)
    {
        var connection = wire.Servers.Database(database);
        var (table, view, provider) = database switch
        {
            "inquiries" => ("mt_doc_inquiryview", typeof(InquiryView), InProcess.Inquiries(connection)),
            "press_events" => ("mt_doc_presseventview", typeof(press::PressEvents.PressEventView), InProcess.PressEvents(connection)),
            _ => ("mt_doc_publicationview", typeof(publications::Publications.PublicationView), InProcess.Publications(connection)),
        };
        await using var _ = provider;
        var rows = $"select string_agg(id || ' ' || mt_version || ' ' || data::text, e'\\n' order by id) from {table}";
        var before = await Sql.One<string>(connection, rows);
        // a row that only a rebuild would set right
        await Sql.One<Guid>(connection, $"update {table} set data = data || '{{\"state\": \"Lost\"}}' where id = (select min(id::text)::uuid from {table}) returning id");

        using var daemon = await provider.Store().BuildProjectionDaemonAsync();
        await daemon.RebuildProjectionAsync(view, CancellationToken.None);

        Assert.Equal(before.Split('\n'), (await Sql.One<string>(connection, rows)).Split('\n'));
    }

    private static string Text(InquiryView view) => JsonSerializer.Serialize(view, Json.Options);
}
