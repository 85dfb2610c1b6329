extern alias press;

using System.Text;
using System.Text.Json;
using JasperFx.Events;
using Marten;
using Npgsql;
using PersonalData;
using press::PressEvents;

namespace Platform.Wire;

/// <summary>From the application to the grant, the refusal and its appeal, lapse, suspension and erasure; a journalist's names stand nowhere but in the vault.</summary>
[Collection(House.Collection)]
public sealed class Accreditation_of_journalists(House house)
{
    private string Store => house.Wire.Servers.Database("press_events");
    private string Keys => house.Wire.Servers.Database("press_events_keys");
    private readonly string _name = "Сыртанова" + Guid.NewGuid().ToString("N")[..10];

    private Door Of(string name, string role, string? body = null) => Ground.Wire.As(house.PressEvents, Dev.Token.Make(Repository.Secrets, [role], body, name, 3600));
    private Door Own(string? name = null) => Of(name ?? _name, Roles.Journalist);
    private Door Accreditor(string name = "Асқар Аккредитор") => Of(name, Roles.Accreditor, "scc");

    private object Record(string document = "AB 1234567", string language = "kk") => new
    {
        category = "Freelancer",
        language,
        person = new { surname = _name, name = "Мадина", email = _name + "@example.kz", phone = "+7 701 765 43 21" },
        documents = new[] { new { kind = "identity", words = document + _name } },
    };

    [Fact]
    public async Task Is_applied_for_granted_and_lapses_when_documents_are_edited()
    {
        var (me, desk) = (Own(), Accreditor());
        (await me.Post("/v1/accreditations", new { kind = "Permanent" })).Is(409, "journalist-unregistered");
        var record = (await me.Post("/v1/journalists", Record())).Is(201);
        Assert.Equal(("Registered", 1L, $"/v1/journalists/{record.Text("id")}"), (record.Text("state"), record.Version, record.Headers.Location!.ToString()));
        (await me.Post("/v1/journalists", Record())).Is(409, "journalist-registered");

        var applied = (await me.Post("/v1/accreditations", new { kind = "Permanent" })).Is(201);
        var path = $"/v1/accreditations/{applied.Text("id")}";
        (await me.Post("/v1/accreditations", new { kind = "Permanent" })).Is(409, "accreditation-open");
        var read = (await me.Get(path)).Is(200);
        Assert.Equal(("Requested", "False", applied.Text("due"), "accreditation-permanent"), (read.Text("state"), read.Text("stands"), read.Json.GetProperty("deadline").GetProperty("due").GetString(), read.Json.GetProperty("deadline").GetProperty("rule").GetString()));
        (await Own("Other" + _name).Get(path)).Is(404);
        (await Of("Бөтен", Roles.Accreditor, "min-health").Get(path)).Is(404);

        (await me.Post(path + "/grant", new { }, 1)).Is(403);
        (await Of("Бөтен", Roles.Accreditor, "min-health").Post(path + "/grant", new { }, 1)).Is(403, "body-forbidden");
        (await desk.Post(path + "/grant", new { })).Is(428);
        (await desk.Post(path + "/grant", new { }, 7)).Is(412);
        var before = DateTimeOffset.UtcNow;
        var granted = (await desk.Post(path + "/grant", new { }, 1)).Is(200);
        Assert.Equal(("Granted", "True", 2L), (granted.Text("state"), granted.Text("stands"), granted.Version));
        Assert.Equal(2, (await desk.Post(path + "/grant", new { }, 2)).Is(200).Version); // said twice
        Assert.Equal("Requested", (await desk.Get($"{path}?asOf={Uri.EscapeDataString(before.ToString("O"))}")).Is(200).Text("state"));
        await Told(record.Json.GetProperty("id").GetGuid(), applied.Json.GetProperty("id").GetGuid(), before, DateTimeOffset.UtcNow);
        Assert.Contains(applied.Text("id"), (await desk.Get($"/v1/accreditations?state=Granted&journalistId={record.Text("id")}")).Is(200).Items.Select(i => i.GetProperty("id").GetString()));
        Assert.Empty((await desk.Get($"/v1/accreditations?overdue=true&journalistId={record.Text("id")}")).Is(200).Items);
        Assert.Single((await me.Get("/v1/accreditations")).Is(200).Items);

        Assert.Empty((await me.Post($"/v1/journalists/{record.Text("id")}/edit", Record(language: "ru"), 1)).Is(200).Json.GetProperty("lapsed").EnumerateArray());
        var edited = (await me.Post($"/v1/journalists/{record.Text("id")}/edit", Record("CD 7654321", "ru"), 2)).Is(200);
        Assert.Equal([applied.Text("id")], edited.Json.GetProperty("lapsed").EnumerateArray().Select(l => l.GetString()));
        Assert.Equal(("Lapsed", "False"), (await me.Get(path)).Is(200) is var r ? (r.Text("state"), r.Text("stands")) : default);
        Assert.Equal(applied.Text("id"), (await me.Post("/v1/accreditations", new { kind = "Permanent" })).Is(201).Text("previousId"));
        Assert.Equal(["accreditation_requested", "accreditation_granted", "accreditation_lapsed"], (await desk.Get(path + "/history")).Is(200).Json.EnumerateArray().Select(e => e.GetProperty("fact").GetString()));

        await StandsNowhere();
    }

    [Fact]
    public async Task Of_ten_applications_at_once_one_is_made()
    {
        var me = Own();
        (await me.Post("/v1/journalists", Record())).Is(201);
        var replies = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => me.Post("/v1/accreditations", new { kind = "Permanent" })));
        Assert.Single(replies, r => r.Status == 201);
        Assert.All(replies.Where(r => r.Status != 201), r => r.Is(409, "accreditation-open"));
    }

    [Fact]
    public async Task A_refusal_is_appealed_to_somebody_else_and_a_suspension_ends_it_for_half_a_year()
    {
        var (me, desk) = (Own(), Accreditor());
        var record = (await me.Post("/v1/journalists", Record())).Is(201);
        var pressEvent = await house.Announced("min-finance");
        (await me.Post("/v1/accreditations", new { kind = "Temporary" })).Is(400, "event-missing");
        var applied = (await me.Post("/v1/accreditations", new { kind = "Temporary", pressEventId = pressEvent })).Is(201);
        var path = $"/v1/accreditations/{applied.Text("id")}";
        (await desk.Post(path + "/refuse", new { reason = "NotLiked" }, 1)).Is(400, "reason-unknown");
        var refused = (await desk.Post(path + "/refuse", new { reason = "DataUntrue", words = "Құжаты " + _name }, 1)).Is(200);
        var refusal = refused.Json.GetProperty("refusal");
        Assert.NotEqual(refusal.GetProperty("howToAppeal").GetProperty("kk").GetString(), refusal.GetProperty("howToAppeal").GetProperty("ru").GetString());
        (await me.Post(path + "/appeal", new { }, 2)).Is(400, "words-missing");
        (await me.Post(path + "/appeal", new { words = "Келіспеймін " + _name }, 2)).Is(200);
        (await desk.Post(path + "/decide-appeal", new { upheld = true }, 3)).Is(409, "decider-is-refuser");
        Assert.Equal(("Granted", 5L), (await Of("Бастық", Roles.Head, "scc").Post(path + "/decide-appeal", new { upheld = true }, 3)).Is(200) is var g ? (g.Text("state"), g.Version) : default);

        var suspended = (await desk.Post($"/v1/journalists/{record.Text("id")}/suspend", new { reason = "RulesBroken" }, 1)).Is(200);
        Assert.Equal(DateOnly.FromDateTime(DateTime.UtcNow.AddHours(5)).AddMonths(6).ToString("O", System.Globalization.CultureInfo.InvariantCulture), suspended.Text("lastDay"));
        (await me.Post("/v1/accreditations", new { kind = "Permanent" })).Is(409, "suspended");
        Assert.Contains(record.Text("id"), (await desk.Get("/v1/journalists?suspended=true&limit=200")).Is(200).Items.Select(i => i.GetProperty("id").GetString()));
        Assert.DoesNotContain(record.Text("id"), (await desk.Get("/v1/journalists?suspended=false&limit=200")).Is(200).Items.Select(i => i.GetProperty("id").GetString()));
        await StandsNowhere();
    }

    [Fact]
    public async Task Outlets_and_calls_are_public_and_foreign_media_need_the_foreign_ministry()
    {
        var (desk, anybody, mark) = (Accreditor(), Ground.Wire.As(house.PressEvents, null), Guid.NewGuid().ToString("N")[..8]);
        var outlet = (await desk.Post("/v1/outlets", new { name = new { kk = "Шет " + mark, ru = "Зарубеж " + mark }, kind = "NewsAgency", languages = new[] { "en" }, foreign = true, email = "desk@example.org" })).Is(201);
        Assert.Equal("Active", (await anybody.Get($"/v1/outlets/{outlet.Text("id")}")).Is(200).Text("state"));
        (await anybody.Get($"/v1/outlets/{Guid.Empty}")).Is(404);
        var person = new { surname = _name, name = "Jane", email = _name + "@example.org" };
        var record = (await desk.Post("/v1/journalists", new { category = "Foreign", outletId = outlet.Text("id"), language = "ru", person })).Is(201);
        (await desk.Post("/v1/accreditations", new { kind = "Permanent" })).Is(400, "journalist-missing");
        (await desk.Post("/v1/accreditations", new { kind = "Permanent", journalistId = record.Text("id") })).Is(400, "mfa-accreditation-missing");
        var call = (await desk.Post("/v1/accreditation-calls", new { title = new { kk = "Шақыру " + mark, ru = "Объявление " + mark }, text = new { kk = "Өтініш беріңіз", ru = "Подавайте заявления" } })).Is(201);
        Assert.Equal("Open", call.Text("state"));
        Assert.Contains(call.Text("id"), (await anybody.Get("/v1/accreditation-calls?open=true&limit=200")).Is(200).Items.Select(i => i.GetProperty("id").GetString()));
        (await desk.Post("/v1/accreditations", new { kind = "Permanent", journalistId = record.Text("id"), mfaNumber = "MFA-" + _name, callId = call.Text("id"), strategic = true })).Is(201);
        (await anybody.Get("/v1/accreditations")).Is(401);
        (await desk.Get($"/v1/accreditations/{outlet.Text("id")}")).Is(404); // another kind of thing
        (await desk.Post("/v1/outlets/" + outlet.Text("id") + "/close", new { }, 1)).Is(200);
        await StandsNowhere();
    }

    [Fact]
    public async Task Erased_is_erased_with_its_key_and_the_history_stays()
    {
        var (me, desk) = (Own(), Accreditor());
        var record = (await me.Post("/v1/journalists", Record())).Is(201);
        var path = $"/v1/journalists/{record.Text("id")}";
        Assert.Equal(_name, (await me.Get(path + "/personal-data")).Is(200).Json.GetProperty("person").GetProperty("surname").GetString());
        (await desk.Get(path + "/personal-data")).Is(400, "reason-missing");
        Assert.Equal("AB 1234567" + _name, (await desk.Get(path + "/personal-data?reason=check")).Is(200).Json.GetProperty("documents")[0].GetProperty("words").GetString());
        var subject = (await desk.Get(path)).Is(200).Json.GetProperty("subjectId").GetGuid();
        Assert.Equal(1L, await Sql.One<long>(Store, "select count(*) from vault.reads where subject_id = $1", subject));
        Assert.Equal(2, (await desk.Get($"/v1/personal-data/{subject}?reason=all")).Is(200).Json.GetProperty("items").GetArrayLength());
        var applied = (await me.Post("/v1/accreditations", new { kind = "Permanent" })).Is(201);

        var erase = $"/v1/personal-data/{subject}/erase";
        (await me.Post(erase, new { reason = "consent-withdrawn" })).Is(403);
        (await desk.Post(erase, new { reason = _name })).Is(400, "reason-unknown");
        (await desk.Post($"/v1/personal-data/{Guid.NewGuid()}/erase", new { reason = "consent-withdrawn" })).Is(404);
        (await desk.Post(erase, new { reason = "consent-withdrawn" })).Is(204);
        (await desk.Post(erase, new { reason = "consent-withdrawn" })).Is(204);

        Assert.Equal(0L, await Sql.One<long>(Store, "select (select count(*) from vault.items where subject_id = $1) + (select count(*) from vault.journalists where subject_id = $1)", subject));
        await Eventually.So("the key is destroyed", async () => await Sql.One<long>(Keys, "select count(*) from subject_keys where subject_id = $1", subject) == 0);
        Assert.Equal(1L, await Sql.One<long>(Store, "select count(*) from mt_events where stream_id = $1 and type = 'subject_erased'", subject));
        (await desk.Get(path + "/personal-data?reason=check")).Is(409, "subject-erased");
        (await desk.Get($"/v1/personal-data/{subject}?reason=all")).Is(409, "subject-erased");
        Assert.Equal("Freelancer", (await desk.Get(path)).Is(200).Text("category"));
        Assert.Equal("Requested", (await desk.Get($"/v1/accreditations/{applied.Text("id")}")).Is(200).Text("state"));
        (await me.Get(path)).Is(404);
        await StandsNowhere();
    }

    [Fact]
    public async Task Every_stored_state_is_the_fold_of_its_stream()
    {
        (await Own().Post("/v1/journalists", Record())).Is(201);
        await using var provider = InProcess.PressEvents(Store);
        await using var session = provider.Store().QuerySession();
        var events = (await session.Events.QueryAllRawEvents().OrderBy(e => e.Sequence).ToListAsync()).Where(e => e.Data is not Tombstone).ToList();
        await Check<Outlet>(session, events, Outlets.Facts, Outlets.Evolve, o => o.Id);
        await Check<Journalist>(session, events, Journalists.Facts, Journalists.Evolve, j => j.Id);
        await Check<Accreditation>(session, events, Accreditations.Facts, Accreditations.Evolve, a => a.Id);
        await Check<AccreditationCall>(session, events, AccreditationCalls.Facts, AccreditationCalls.Evolve, c => c.Id);
    }

    /// <summary>What registration and notices are told: pending before the grant, accredited after it, for every event and for what goes to all media.</summary>
    private async Task Told(Guid journalist, Guid accreditation, DateTimeOffset before, DateTimeOffset after)
    {
        await using var provider = InProcess.PressEvents(Store);
        await using var session = provider.Store().LightweightSession();
        var reads = new AccreditationReads(session, new VaultRows(session, TimeProvider.System), new Owners(session, Sealing.FromFolder(Repository.Secrets, development: true)));
        Assert.Equal((false, "pending"), (await reads.StandingOf(journalist, Guid.NewGuid(), before, default))! is var then ? (then.Accredited, then.WhyNot) : default);
        Assert.Equal((true, null, accreditation, "kk"), (await reads.StandingOf(journalist, Guid.NewGuid(), after, default))! is var now ? (now.Accredited, now.WhyNot, now.AccreditationId!.Value, now.Language) : default);
        Assert.Null(await reads.StandingOf(Guid.NewGuid(), null, after, default));
        Assert.DoesNotContain(journalist, (await reads.AccreditedAt(before, default)).Select(m => m.JournalistId));
        Assert.Contains(journalist, (await reads.AccreditedAt(after, default)).Select(m => m.JournalistId));
    }

    private static async Task Check<T>(IQuerySession session, List<IEvent> events, Type[] facts, Func<T?, object, T?> evolve, Func<T, Guid> id) where T : class, JasperFx.IRevisioned
    {
        var folded = events.Where(e => facts.Contains(e.Data.GetType())).GroupBy(e => e.StreamId).ToDictionary(stream => stream.Key, stream =>
        {
            var state = stream.Aggregate((T?)null, (s, e) => evolve(s, e.Data))!;
            state.Version = stream.Count();
            return JsonSerializer.Serialize(state, Json.Options);
        });
        var stored = (await session.Query<T>().ToListAsync()).ToDictionary(id, state => JsonSerializer.Serialize(state, Json.Options));
        Assert.Equal(folded.OrderBy(f => f.Key), stored.OrderBy(s => s.Key));
    }

    /// <summary>In every table of both databases, as words and as bytes; also who acted.</summary>
    private async Task StandsNowhere()
    {
        var bytes = Convert.ToHexStringLower(Encoding.UTF8.GetBytes(_name));
        foreach (var database in new[] { Store, Keys })
        {
            await using var source = NpgsqlDataSource.Create(database + ";Pooling=false");
            List<string> tables = [];
            await using (var list = source.CreateCommand("select quote_ident(table_schema) || '.' || quote_ident(table_name) from information_schema.tables where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')"))
            await using (var reader = await list.ExecuteReaderAsync())
            {
                while (await reader.ReadAsync())
                {
                    tables.Add(reader.GetString(0));
                }
            }

            Assert.NotEmpty(tables);
            foreach (var table in tables)
            {
                Assert.True(await Sql.One<long>(database, $"select count(*) from {table} t where position($1 in t::text) > 0 or position($2 in t::text) > 0", _name, bytes) == 0, $"{table} names the journalist");
            }
        }
    }
}
