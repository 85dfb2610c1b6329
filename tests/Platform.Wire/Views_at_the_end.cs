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

        // Marten leaves tombstones where an append failed, as when a sender hung up
        var events = (await session.Events.QueryAllRawEvents().OrderBy(e => e.Sequence).ToListAsync()).Where(e => e.Data is not JasperFx.Events.Tombstone).ToList();
        var folded = events.GroupBy(e => e.StreamId).ToDictionary(stream => stream.Key, stream =>
        {
            var view = stream.Aggregate((InquiryView?)null, (state, e) => InquiryViewFold.Evolve(state, e.Data))!;
            view.Version = stream.Count();
            return Text(view);
        });
        var stored = (await session.Query<InquiryView>().ToListAsync()).ToDictionary(v => v.Id, Text);

        Assert.True(folded.Count > 20, "the other tests left requests behind");
        Assert.Equal(folded.OrderBy(f => f.Key), stored.OrderBy(s => s.Key));
        output.WriteLine($"{events.Count} facts in {folded.Count} streams");
    }

    [Fact]
    public async Task A_rebuild_gives_the_same_rows()
    {
        const string rows = "select string_agg(id || ' ' || mt_version || ' ' || data::text, e'\\n' order by id) from mt_doc_inquiryview";
        var before = await Sql.One<string>(wire.Servers.Database("inquiries"), rows);
        await using var provider = InProcess.Inquiries(wire.Servers.Database("inquiries"));
        // a row that only a rebuild would set right
        await Sql.One<Guid>(wire.Servers.Database("inquiries"), "update mt_doc_inquiryview set data = data || '{\"state\": \"Lost\"}' where id = (select min(id::text)::uuid from mt_doc_inquiryview) returning id");

        using var daemon = await provider.Store().BuildProjectionDaemonAsync();
        await daemon.RebuildProjectionAsync<InquiryView>(CancellationToken.None);

        Assert.Equal(before.Split('\n'), (await Sql.One<string>(wire.Servers.Database("inquiries"), rows)).Split('\n'));
    }

    private static string Text(InquiryView view) => JsonSerializer.Serialize(view, Json.Options);
}
