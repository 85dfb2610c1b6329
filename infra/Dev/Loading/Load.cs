extern alias service;

using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using JasperFx.Events;
using JasperFx.Events.Daemon;
using Marten;
using MassTransit;
using Npgsql;
using PersonalData;
using Platform;
using service::Inquiries;

namespace Dev.Loading;

/// <summary>
/// <c>load</c>: fills an Inquiries store with made-up requests by COPY: streams, facts, views, vault, subject keys, messages and
/// numbers, with the service's own records, folds and serializer, so that a rebuild finds nothing to change. For measuring and for
/// trying things at size; the service must not run meanwhile. A load that breaks off leaves a store to be thrown away.
/// </summary>
public static class Load
{
    public const string Help = """
        load --requests N [--holders CODE,CODE…] [--days DAYS] [--relay]
          N requests of about eight facts each, spread over the last DAYS (700) days and over the holders (all of holders.csv).
          --relay  leaves the facts for the relay to publish; without it they count as published.
          Needs ConnectionStrings__Store, ConnectionStrings__Keys and Platform__SecretsFolder, as the service does; prints facts per second.
        """;

    private const int Batch = 5_000;

    /// <summary>A bulk insert calls every row's version one; while loading it is that of the stream.</summary>
    private const string Versions = """
        create or replace function loaded_version() returns trigger language plpgsql as $$ begin new.mt_version := (new.data ->> 'version')::int; return new; end $$;
        create or replace trigger loaded_version before insert on mt_doc_inquiryview for each row execute function loaded_version()
        """;
    private static readonly byte[] Form = Encoding.UTF8.GetBytes(new string('x', 700));

    public static async Task<int> Run(string[] args, Sealing sealing, string store, string keys)
    {
        var (requests, days, relay, holders) = (0, 700, false, Holders.All.Select(h => h.Code).ToArray());
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--requests" when i + 1 < args.Length && int.TryParse(args[i + 1], out requests): i++; break;
                case "--days" when i + 1 < args.Length && int.TryParse(args[i + 1], out days): i++; break;
                case "--holders" when i + 1 < args.Length && args[i + 1].Split(',') is var codes && codes.All(c => Holders.Find(c) is not null): (holders, i) = (codes, i + 1); break;
                case "--relay": relay = true; break;
                default: requests = 0; i = args.Length; break;
            }
        }

        if (requests <= 0 || days <= 0)
        {
            Console.Error.WriteLine(Help);
            return 2;
        }

        await using var provider = Services(store);
        await using var keyring = NpgsqlDataSource.Create(keys);
        var watch = Stopwatch.StartNew();
        var database = provider.GetRequiredService<NpgsqlDataSource>();
        var indexes = await TakeIndexes(database);
        var facts = await Fill(provider, keyring, sealing, holders, requests, days);
        Say(requests, facts, watch.Elapsed);
        Console.Error.Write("indexes, statistics of the planner ");
        await Execute(database, ["drop function loaded_version cascade", .. indexes, .. Last(relay)]);
        Say(requests, facts, watch.Elapsed);
        Console.Error.WriteLine();
        return 0;
    }

    private static ServiceProvider Services(string store)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddHttpContextAccessor();
        services.AddSingleton(TimeProvider.System);
        services.AddMassTransit(bus => bus.UsingInMemory()); // never started: nothing is relayed from here
        services.AddStore(store, DaemonMode.Disabled, Leaves.List, InquiryStore.Register);
        return services.BuildServiceProvider();
    }

    /// <summary>Batches are made while two before are copied, the facts of each by one connection.</summary>
    private static async Task<long> Fill(ServiceProvider provider, NpgsqlDataSource keyring, Sealing sealing, string[] holders, int requests, int days)
    {
        var (marten, database, now) = (provider.GetRequiredService<IDocumentStore>(), provider.GetRequiredService<NpgsqlDataSource>(), DateTimeOffset.UtcNow);
        var (numbers, words) = (await Numbers(database), new MadeUpWords(new(sealing)));
        var lives = new Lives(holders, now.AddDays(-days), now, requests, numbers);
        var (facts, watch, copying) = (0L, Stopwatch.StartNew(), new Queue<Task>());
        for (var done = 0; done < requests; done += Batch)
        {
            var batch = Enumerable.Range(done, Math.Min(Batch, requests - done)).Select(lives.Make).ToList();
            var after = numbers.ToDictionary();
            facts += batch.Sum(l => l.Facts.Count);
            if (copying.Count > 1)
            {
                await copying.Dequeue();
            }

            Say(done, facts, watch.Elapsed);
            var before = copying.LastOrDefault() ?? Task.CompletedTask;
            copying.Enqueue(Task.Run(() => Copy(marten, database, keyring, sealing, words, batch, after, before)));
        }

        await Task.WhenAll(copying);
        return facts;
    }

    private static async Task Copy(IDocumentStore store, NpgsqlDataSource database, NpgsqlDataSource keyring, Sealing sealing, MadeUpWords words, List<Life> batch, Dictionary<(string Holder, int Year), int> numbers, Task before)
    {
        var keys = batch.ConvertAll(l => new SubjectKey(l.SubjectId, RandomNumberGenerator.GetBytes(32)));
        await Task.WhenAll(
            store.BulkInsertEventsAsync([.. batch.Select(life => Stream(store, life))], 50_000),
            Rows(keyring, "subject_keys (subject_id, wrapped)", keys.Select(k => new object[] { k.SubjectId, sealing.Seal("subject-key", k.Key) })),
            Task.Run(async () =>
            {
                await Rows(database, "forms (message_mac, content_mac, inquiry_id)", batch.Select(l => new object[] { sealing.Mac("message-id", l.Id.ToString()), RandomNumberGenerator.GetBytes(32), l.Id }));
                await Rows(database, "vault.items (item_id, subject_id, kind, sealed)", keys.Select(k => SealedItem.Of(k, "form", Form)).Select(i => new object[] { i.Id, i.SubjectId, i.Kind, i.Sealed }));
                await Rows(database, "vault.tokens (inquiry_id, subject_id, holder, tokens)", batch.Select(l => new object[] { l.Id, l.SubjectId, l.Holder, words.Tokens(Random.Shared) }));
            }),
            Task.Run(async () =>
            {
                await store.BulkInsertAsync(batch.ConvertAll(l => l.View), batchSize: Batch);
                await store.BulkInsertAsync(batch.SelectMany(l => l.Facts.Select(f => f.Fact).OfType<AnswerClearedForDisclosure>()
                    .Select(c => new DisclosureView(l.Id, c.DisclosureId, l.Holder, c.Title, c.Text, c.At.ToUniversalTime()))).ToList(), batchSize: Batch);
            }));
        await before; // the numbers of a year end with the last batch
        await using var raise = database.CreateCommand("insert into numbers select * from unnest($1, $2, $3) on conflict (holder, year) do update set last = excluded.last");
        raise.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = numbers.Keys.Select(k => k.Holder).ToArray() }, new() { Value = numbers.Keys.Select(k => k.Year).ToArray() }, new() { Value = numbers.Values.ToArray() } });
        await raise.ExecuteNonQueryAsync();
    }

    private static StreamAction Stream(IDocumentStore store, Life life)
    {
        var events = life.Facts.Select(f =>
        {
            var e = f.By.Sign(((IEventRegistry)store.Options.Events).BuildEvent(f.Fact));
            (e.Id, e.Timestamp, e.Sequence) = (Guid.CreateVersion7(f.At), f.At, f.At.UtcTicks); // the batch is numbered in the order of time
            return e;
        });
        return new StreamAction(life.Id, StreamActionType.Start) { AggregateType = typeof(Inquiry), TenantId = "*DEFAULT*" }.AddEvents([.. events]);
    }

    private static async Task Rows(NpgsqlDataSource database, string table, IEnumerable<object[]> rows)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var copy = await connection.BeginBinaryImportAsync($"copy {table} from stdin binary");
        foreach (var row in rows)
        {
            await copy.WriteRowAsync(default, row);
        }

        await copy.CompleteAsync();
    }

    private static async Task<Dictionary<(string Holder, int Year), int>> Numbers(NpgsqlDataSource database)
    {
        await using var select = database.CreateCommand("select holder, year, last from numbers");
        await using var reader = await select.ExecuteReaderAsync();
        Dictionary<(string, int), int> numbers = [];
        while (await reader.ReadAsync())
        {
            numbers.Add((reader.GetString(0), reader.GetInt32(1)), reader.GetInt32(2));
        }

        return numbers;
    }

    /// <summary>Takes the indexes away that guard nothing, for they are made much faster at once; gives the statements that make them again.</summary>
    private static async Task<List<string>> TakeIndexes(NpgsqlDataSource database)
    {
        List<(string Name, string Make)> indexes = [];
        const string theirs = """
            select i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) from pg_index i where not i.indisunique
                and i.indrelid in ('mt_events'::regclass, 'mt_doc_inquiryview'::regclass, 'mt_doc_disclosureview'::regclass, 'vault.items'::regclass, 'vault.tokens'::regclass)
            """;
        await using (var select = database.CreateCommand(theirs))
        await using (var row = await select.ExecuteReaderAsync())
        {
            while (await row.ReadAsync())
            {
                indexes.Add((row.GetString(0), row.GetString(1)));
            }
        }

        await Execute(database, [.. indexes.Select(i => "drop index " + i.Name), Versions]);
        return ["set maintenance_work_mem = '1GB'", .. indexes.Select(i => i.Make)];
    }

    /// <summary>The planner learns what is there, and whoever follows the facts starts after them, unless they are to be published.</summary>
    private static string[] Last(bool relay) =>
    [
        "vacuum analyze mt_events", "vacuum analyze mt_streams", "vacuum analyze mt_doc_inquiryview", "analyze mt_doc_disclosureview", "analyze forms", "analyze vault.items", "vacuum analyze vault.tokens",
        .. relay ? Array.Empty<string>() : ["insert into mt_event_progression (name, last_seq_id) values ('relay:All', (select coalesce(max(seq_id), 0) from mt_events)) on conflict (name) do update set last_seq_id = excluded.last_seq_id"],
    ];

    private static async Task Execute(NpgsqlDataSource database, IEnumerable<string> statements)
    {
        await using var connection = await database.OpenConnectionAsync();
        foreach (var sql in statements)
        {
            await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 1800 };
            await command.ExecuteNonQueryAsync();
        }
    }

    private static void Say(int requests, long facts, TimeSpan time) => Console.Error.Write(string.Create(CultureInfo.InvariantCulture,
        $"\r{requests} requests, {facts} facts, {facts / Math.Max(0.001, time.TotalSeconds):F0} facts/s, {time.TotalSeconds:F0} s "));
}
