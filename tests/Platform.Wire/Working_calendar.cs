extern alias service;
using System.Text.Json;
using service::Inquiries;
using Inquiry = service::Inquiries.Inquiry;

namespace Platform.Wire;

/// <summary>
/// The calendar as a stream, on real servers. Most changes are of June 2027, with requests put into the store as if received then, so that
/// no other test's request is moved.
/// </summary>
public sealed class Working_calendar(Ground.Wire wire, ITestOutputHelper output) : IAsyncLifetime
{
    private const string Body = "akimat-55";
    private static int _numbers;
    private static readonly object Order = new { number = "7", date = "2026-11-20", issuer = "Министр труда" };
    private static readonly object Name = new { kk = "Ғылым күні", ru = "День науки" };

    public async ValueTask InitializeAsync()
    {
        if (!wire.Inquiries.Runs)
        {
            await wire.Inquiries.Start();
            await wire.Inquiries.Ready();
        }
    }

    private Door Admin => Ground.Wire.As(wire.Inquiries, Tokens.Admin());

    [Fact]
    public async Task Begins_as_the_table()
    {
        foreach (var year in new[] { 2024, 2025, 2026, 2027 })
        {
            var told = (await wire.Anybody().Get($"/v1/calendar?year={year}&asOf=2026-01-01T00:00:00Z")).Is(200).Json;
            Assert.Equal("2026-11-1", told.GetProperty("calendarVersion").GetString());
            Assert.Equal(Tables.Read("calendar").Where(row => row["date"].StartsWith($"{year}", StringComparison.Ordinal)).Select(row => $"{row["date"]} {row["works"] == "yes"} {row["kind"]} {row["note"]}"),
                told.GetProperty("days").EnumerateArray().Select(day => $"{day.GetProperty("date")} {day.GetProperty("works").GetBoolean()} {day.GetProperty("kind")} {day.GetProperty("note")}"));
        }

        var first = (await wire.Anybody().Get("/v1/calendar/versions")).Is(200).Items.First();
        Assert.Equal(("2026-11-1", 4), (first.GetProperty("calendarVersion").GetString(), first.GetProperty("facts").GetArrayLength()));
        Assert.Equal(JsonValueKind.Null, first.GetProperty("by").ValueKind);
        Assert.False((await wire.Anybody().Get("/v1/calendar?year=2031")).Is(200).Json.GetProperty("published").GetBoolean());
        (await wire.Anybody().Get("/v1/calendar?year=2051")).Is(400, "calendar-unknown");
        (await wire.Anybody().Get("/v1/calendar?year=0")).Is(400, "calendar-unknown");
    }

    [Fact]
    public async Task A_change_is_previewed_and_made_and_exactly_those_that_move_get_one_fact()
    {
        var ends = await Put("2027-06-01"); // 16 June is its last day
        var holds = await Put("2027-06-05"); // holds the day, ends on 21 June: a calendar day more or less moves nothing
        var before = await Put("2027-05-20");
        var after = await Put("2027-06-16"); // counting starts on the next day
        var closed = await Put("2027-06-01", closed: true);
        var change = new { order = Order, days = new[] { new { date = "2027-06-16", kind = "holiday", name = Name } } };

        var preview = (await Admin.Post("/v1/calendar/changes/preview", change)).Is(200);
        Assert.Equal((1, 1, 0, 0), (preview.Json.GetProperty("moved").GetInt32(), preview.Json.GetProperty("later").GetInt32(), preview.Json.GetProperty("lateBecomeInTime").GetInt32(), preview.Json.GetProperty("earlier").GetInt32()));
        Assert.Equal("переносит сроки 1 открытого запроса", preview.Text("ru"));
        Assert.Equal("1 ашық сұрау салудың мерзімін жылжытады", preview.Text("kk"));
        Assert.Equal(preview.ETag, (await wire.Anybody().Get("/v1/calendar")).ETag);

        var changed = (await Admin.Post("/v1/calendar/changes", change, preview.Version)).Is(201);
        Assert.Equal((preview.Text("nextCalendarVersion"), "recalculating"), (changed.Text("calendarVersion"), changed.Text("state")));
        Assert.Equal((1, 0), await Done(changed));
        Assert.Equal("1 0 0 0 0", await Recalculated(ends, holds, before, after, closed));

        var view = (await wire.Officer(Body).Get($"/v1/inquiries/{ends}")).Is(200);
        var deadline = (await wire.Anybody().Get("/v1/deadlines?rule=reply&from=2027-06-01")).Is(200);
        Assert.Equal(("2027-06-17", "2027-06-15", 3L), (view.Text("due"), view.Text("safeDue"), view.Version));
        Assert.Equal((view.Text("due"), view.Text("safeDue"), changed.Text("calendarVersion")), (deadline.Text("due"), deadline.Text("safeDue"), deadline.Text("calendarVersion")));
        Assert.Contains("праздник День науки", deadline.Json.GetProperty("explanation").GetProperty("ru").GetString());
        await Again(changed, change);
        await The_other_replica_knows_it(changed.Text("calendarVersion")!);
    }

    /// <summary>A change by nothing, and one by who did not see the last one.</summary>
    private async Task Again(Reply changed, object change)
    {
        (await Admin.Post("/v1/calendar/changes", change, changed.Version - 1)).Is(412, "version-stale");
        var again = (await Admin.Post("/v1/calendar/changes", change, changed.Version)).Is(200);
        Assert.Equal((changed.Version, "unchanged", changed.Text("calendarVersion")), (again.Version, again.Text("state"), again.Text("calendarVersion")));
        Assert.Equal("не переносит ни одного срока", (await Admin.Post("/v1/calendar/changes/preview", change)).Is(200).Text("ru"));
        var last = (await Admin.Get("/v1/calendar/versions")).Is(200).Items.Last();
        Assert.Equal((changed.Text("calendarVersion"), "admin of nobody", "7"),
            (last.GetProperty("calendarVersion").GetString(), last.GetProperty("by").GetString(), last.GetProperty("order").GetProperty("number").GetString()));
    }

    private async Task The_other_replica_knows_it(string version)
    {
        await wire.SecondInquiries.Start();
        await wire.SecondInquiries.Ready();
        Assert.Equal(version, (await Ground.Wire.As(wire.SecondInquiries, null).Get("/v1/deadlines?rule=reply&from=2027-06-01")).Is(200).Text("calendarVersion"));

        // and what changes while it runs; there and back, so that what follows finds the calendar as it was
        foreach (var kind in new[] { "holiday", "ordinary" })
        {
            var next = await Make(new { order = Order, days = new[] { new { date = "2027-06-25", kind, name = Name } } });
            await Eventually.Get("the other replica counts by " + next.Text("calendarVersion"), () => Ground.Wire.As(wire.SecondInquiries, null).Get("/v1/calendar?year=2027"),
                told => told.Text("calendarVersion") == next.Text("calendarVersion"), 2);
        }
    }

    [Fact]
    public async Task What_was_late_becomes_in_time_by_a_day_off_that_was_ordered_late()
    {
        var (calendar, today) = (WorkingCalendar.Embedded, Registration.AlmatyDate(DateTimeOffset.UtcNow));
        var last = calendar.PreviousWorkingOnOrBefore(today.PlusDays(-1));
        var late = await Put(NodaTime.Text.LocalDatePattern.Iso.Format(last.PlusDays(-15)));
        Assert.Contains((await wire.Officer(Body).Get("/v1/inquiries?overdue=true")).Is(200).Items, item => item.GetProperty("id").GetGuid() == late);
        object Day(string kind) => new { order = Order, days = new[] { new { date = NodaTime.Text.LocalDatePattern.Iso.Format(last), kind, name = Name } } };

        var preview = (await Admin.Post("/v1/calendar/changes/preview", Day("holiday"))).Is(200);
        Assert.InRange(preview.Json.GetProperty("lateBecomeInTime").GetInt32(), 1, int.MaxValue);
        Assert.Matches("просроченн(ый|ых) станов", preview.Text("ru"));
        var (moved, inTime) = await Done(await Make(Day("holiday")));
        Assert.Equal((preview.Json.GetProperty("moved").GetInt32(), preview.Json.GetProperty("lateBecomeInTime").GetInt32()), (moved, inTime));
        Assert.DoesNotContain((await wire.Officer(Body).Get("/v1/inquiries?overdue=true")).Is(200).Items, item => item.GetProperty("id").GetGuid() == late);

        await Done(await Make(Day("ordinary")));
        Assert.Equal("2", await Recalculated(late));
    }

    [Fact]
    public async Task Killed_in_the_middle_it_is_finished_by_the_other_replica_with_no_request_twice_and_none_left_out()
    {
        const int Many = 12_000;
        await wire.SecondInquiries.DisposeAsync();
        await Put("2027-07-01", Many); // 16 July
        var changed = await Make(new { order = Order, days = new[] { new { date = "2027-07-16", kind = "holiday", name = Name } } });
        await Eventually.Get("the recalculation is on its way", () => Progress(changed), p => p.Json.GetProperty("examined").GetInt32() > 0, 20);
        await wire.Inquiries.Kill();

        var examined = await Sql.One<int>(Store, $"select examined from calendar_changes where change_id = '{changed.Text("id")}'");
        Assert.InRange(examined, 1, Many - 1);
        await wire.SecondInquiries.Start();
        await wire.SecondInquiries.Ready();
        var done = await Eventually.Get("the other replica has finished", () => Ground.Wire.As(wire.SecondInquiries, Tokens.Admin()).Get($"/v1/calendar/changes/{changed.Text("id")}"), p => p.Text("state") == "done", 60);

        output.WriteLine($"killed after {examined} of {done.Text("candidates")}; done: {done.Body}");
        Assert.Equal(($"{Many}", $"{Many}"), (done.Text("recalculated"), done.Text("examined")));
        Assert.Equal(Many, await Sql.One<long>(Store, $"select count(*) from mt_events where type = 'deadlines_recalculated' and data->>'changeId' = '{changed.Text("id")}'"));
        Assert.Equal(Many, await Sql.One<long>(Store, $"select count(distinct stream_id) from mt_events where type = 'deadlines_recalculated' and data->>'changeId' = '{changed.Text("id")}'"));
        Assert.Equal(Many, await Sql.One<long>(Store, "select count(*) from mt_doc_inquiryview where is_open and due = '2027-07-19'"));
        await wire.Inquiries.Start();
        await wire.Inquiries.Ready();
    }

    [Fact]
    public async Task What_comes_in_meanwhile_at_either_replica_is_dated_by_the_new_calendar_or_recalculated()
    {
        await Restart(wire.SecondInquiries);
        var today = NodaTime.Text.LocalDatePattern.Iso.Format(Registration.AlmatyDate(DateTimeOffset.UtcNow));
        var due = (await wire.Anybody().Get($"/v1/deadlines?rule=reply&from={today}")).Is(200).Text("due")!;
        Door[] doors = [.. new[] { wire.Inquiries, wire.SecondInquiries }.Select(s => Ground.Wire.As(s, Tokens.Egov()))];
        foreach (var kind in new[] { "holiday", "ordinary" })
        {
            var forms = Enumerable.Range(0, 120).Select(i => doors[i % 2].Post("/v1/egov/forms", Forms.For("akimat-59"))).ToList();
            var changed = await Make(new { order = Order, days = new[] { new { date = due, kind, name = Name } } });
            var received = (await Task.WhenAll(forms)).Select(reply => Received.From(reply.Is(201)).Id).ToList();
            await Done(changed);

            var wanted = (await wire.Anybody().Get($"/v1/deadlines?rule=reply&from={today}")).Is(200);
            var views = await Task.WhenAll(received.Select(id => wire.Officer("akimat-59").Get($"/v1/inquiries/{id}")));
            output.WriteLine($"{kind}: {views.Count(v => v.Version > 2)} recalculated, {views.Count(v => v.Version == 2)} dated so at once");
            Assert.All(views, view => Assert.Equal((wanted.Text("due"), wanted.Text("safeDue")), (view.Is(200).Text("due"), view.Text("safeDue"))));
        }
    }

    [Fact]
    public async Task Refuses_by_code()
    {
        object Change(string kind = "holiday", string date = "2027-06-18", object? order = null) => new { order = order ?? Order, days = new[] { new { date, kind, name = Name } } };
        const string Path = "/v1/calendar/changes";
        (await Ground.Wire.As(wire.Inquiries, null).Post(Path, Change(), 1)).Is(401, "unauthenticated");
        (await wire.Officer(Body).Post(Path, Change(), 1)).Is(403, "forbidden");
        (await wire.Officer(Body).Post(Path + "/preview", Change())).Is(403, "forbidden");
        (await Admin.Post(Path, Change())).Is(428, "version-required");
        (await Admin.Post(Path, Change(), 1)).Is(412, "version-stale");
        (await Admin.Post(Path + "/preview", Change("birthday"))).Is(400, "kind-unknown");
        (await Admin.Post(Path + "/preview", Change(date: "2029-06-18"))).Is(400, "year-unpublished");
        (await Admin.Post(Path + "/preview", Change(date: "18.06.2027"))).Is(400, "body-invalid");
        (await Admin.Post(Path + "/preview", Change(order: new { number = "7" }))).Is(400, "order-missing");
        (await Admin.Post(Path + "/preview", new { order = Order, days = Array.Empty<object>() })).Is(400, "days-missing");
        (await Admin.Post(Path + "/preview", """{"order": null, "days": [null]}""")).Is(400, "order-missing");
        (await Admin.Post(Path + "/preview", """{"order": {"number": "7", "date": "2026-11-20", "issuer": "Министр"}, "days": [null]}""")).Is(400, "date-missing");
        (await Admin.Get($"{Path}/{Guid.NewGuid()}")).Is(404, "not-found");
        (await wire.Anybody().Get($"{Path}/{Guid.NewGuid()}")).Is(401, "unauthenticated");
    }

    [Fact]
    public async Task A_what_if_counts_and_touches_nothing()
    {
        const string Path = "/v1/deadlines/what-if", Other = "what-if-house"; // a body of its own: every holder has requests of other tests
        Guid[] mine = [await Put("2027-03-01", holder: Other), await Put("2027-03-02", holder: Other), await Put("2027-03-03", holder: Other)]; // 16, 17, 18 March
        var version = (await wire.Anybody().Get("/v1/calendar")).ETag;
        async Task<Reply> Ask(object ask, string query = "") => (await wire.Officer(Other).Post(Path + query, ask)).Is(200);
        (int, int, int) Counts(Reply r) => (r.Json.GetProperty("requests").GetInt32(), r.Json.GetProperty("later").GetInt32(), r.Json.GetProperty("earlier").GetInt32());

        Assert.Equal((3, 0, 0), Counts(await Ask(new { })));
        Assert.Equal((3, 0, 3), Counts(await Ask(new { ruleOverrides = new[] { new { rule = "reply", length = 10 } } })));
        Assert.Equal((3, 0, 0), Counts(await Ask(new { edition = "APPK-2021" })));
        var oneDay = await Ask(new { days = new[] { new { date = "2027-03-17", kind = "holiday", name = Name } } });
        Assert.Equal((3, 1, 0), Counts(oneDay));
        Assert.Equal((mine[1], "2027-03-17", "2027-03-18"), (oneDay.Items.Single().GetProperty("id").GetGuid(), oneDay.Items.Single().GetProperty("due").GetString(), oneDay.Items.Single().GetProperty("newDue").GetString()));
        var first = await Ask(new { ruleOverrides = new[] { new { rule = "reply", length = 20 } } }, "?limit=2");
        var second = await Ask(new { ruleOverrides = new[] { new { rule = "reply", length = 20 } } }, $"?limit=2&cursor={first.Text("next")}");
        Assert.Equal(mine.Order(), first.Items.Concat(second.Items).Select(item => item.GetProperty("id").GetGuid()));
        Assert.InRange(Counts((await Ground.Wire.As(wire.Inquiries, Tokens.Auditor()).Post(Path, new { })).Is(200)).Item1, 3, int.MaxValue);

        (await wire.Officer(Other).Post(Path, new { edition = "401-V-1916" })).Is(400, "edition-unknown");
        (await wire.Officer(Other).Post(Path, new { ruleOverrides = new[] { new { rule = "answer", length = 5 } } })).Is(400, "rule-unknown");
        (await wire.Officer(Other).Post(Path, new { ruleOverrides = new[] { new { rule = "reply", length = 0 } } })).Is(400, "length-invalid");
        (await wire.Officer(Other).Post(Path, """{"ruleOverrides": [null], "days": [null]}""")).Is(400, "date-missing");
        (await wire.Officer(Other).Post(Path, new { ruleOverrides = new[] { new { rule = "reply", length = 5 }, new { rule = "reply", length = 6 } } })).Is(400, "rule-twice");
        (await wire.Gateway().Post(Path, new { })).Is(403, "forbidden");
        Assert.Equal(version, (await wire.Anybody().Get("/v1/calendar")).ETag);
        Assert.Equal("0 0 0", await Recalculated(mine));
    }

    private string Store => wire.Servers.Database("inquiries");

    /// <summary>The change, by the version that is current.</summary>
    private async Task<Reply> Make(object change) =>
        (await Admin.Post("/v1/calendar/changes", change, (await Admin.Post("/v1/calendar/changes/preview", change)).Is(200).Version)).Is(201);

    private Task<Reply> Progress(Reply changed) => Admin.Get($"/v1/calendar/changes/{changed.Text("id")}");

    /// <summary>How many were moved, and how many of them were late and are in time.</summary>
    private async Task<(int Moved, int InTime)> Done(Reply changed)
    {
        var done = await Eventually.Get("the recalculation is done", () => Progress(changed), p => p.Is(200).Text("state") == "done", 30);
        return (done.Json.GetProperty("recalculated").GetInt32(), done.Json.GetProperty("lateBecomeInTime").GetInt32());
    }

    /// <summary>How many such facts each of them has.</summary>
    private async Task<string> Recalculated(params Guid[] ids) => string.Join(' ', await Task.WhenAll(ids.Select(id =>
        Sql.One<long>(Store, $"select count(*) from mt_events where stream_id = '{id}' and type = 'deadlines_recalculated'"))));

    private static async Task Restart(ServiceProcess replica)
    {
        await replica.DisposeAsync();
        await replica.Start();
        await replica.Ready();
    }

    private async Task<Guid> Put(string received, bool closed = false, string holder = Body) => (await Put(received, 1, closed, holder))[0];

    /// <summary>Requests as if received at noon of that day, straight into the store, dated by the calendar of the day before.</summary>
    private async Task<IReadOnlyList<Guid>> Put(string received, int count, bool closed = false, string holder = Body)
    {
        var at = DateTimeOffset.Parse(received + "T12:00:00+05:00", System.Globalization.CultureInfo.InvariantCulture);
        var d = Deadlines.Compute("reply", Registration.AlmatyDate(at), Registration.AlmatyDate(at), WorkingCalendar.Embedded);
        await using var provider = InProcess.Inquiries(Store);
        List<Guid> ids = [];
        foreach (var page in Enumerable.Range(0, count).Chunk(1000))
        {
            await using var session = provider.Store().LightweightSession();
            session.SetHeader(Sessions.Body, holder);
            foreach (var _ in page)
            {
                var id = Guid.CreateVersion7();
                ids.Add(id);
                List<object> facts = [new InquiryReceived(id, Guid.NewGuid(), holder, "ru", "electronic", "egov", "individual", [], 0, at),
                    new InquiryRegistered(id, $"{holder}-2099-{Interlocked.Increment(ref _numbers):D6}", at, d.Due.ToDateOnly(), d.SafeDue.ToDateOnly(), d.Edition, d.CalendarVersion, at)];
                facts.AddRange(closed ? [new InquiryAnswered(id, Guid.NewGuid(), ["ru"], "mac", at.AddDays(1))] : []);
                session.Events.StartStream<Inquiry>(id, facts);
            }

            await session.SaveChangesAsync();
        }

        return ids;
    }

    public async ValueTask DisposeAsync()
    {
        await wire.SecondInquiries.DisposeAsync();
        await InitializeAsync();
    }
}
