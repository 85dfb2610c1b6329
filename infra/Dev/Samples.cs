using System.Globalization;
using System.Text.Json.Nodes;

namespace Dev;

/// <summary>Sends the samples through the real doors and tells what came of them. A second run adds nothing.</summary>
public static class Samples
{
    public static async Task<int> Run(string secretsFolder, int portBase)
    {
        using var client = new Client(secretsFolder, portBase);
        var folder = Path.Combine(AppContext.BaseDirectory, "samples");
        var told = new List<(string What, string Came)>();
        var right = await Forms(client, folder, told);
        right &= await Answered(client, told);
        right &= await PressEvents(client, folder, told);
        right &= await Released(client, told);
        Print(told, client);
        return right ? 0 : 1;
    }

    /// <summary>All forms; what each must come to stands in the expected table.</summary>
    private static async Task<bool> Forms(Client client, string folder, List<(string, string)> told)
    {
        var token = client.Token("egov", null, "e-gov gateway");
        var expected = File.ReadLines(Path.Combine(folder, "egov-forms.expected.csv")).Skip(1).Select(l => l.Split(','));
        var outcomes = new List<string>();
        var wrong = 0;
        foreach (var (form, row) in File.ReadLines(Path.Combine(folder, "egov-forms.jsonl")).Zip(expected))
        {
            var (status, body, _) = await client.Post(client.Inquiries, "/v1/egov/forms", token, form);
            var outcome = status switch { 201 => body!["outcome"]!.ToString(), 200 => "duplicate", 400 => "quarantined", _ => status.ToString(CultureInfo.InvariantCulture) };
            outcomes.Add(outcome == "registered" && body!["defects"]!.AsArray() is [{ } defect, ..] ? $"registered with {defect}" : outcome);
            wrong += outcome == row[1] || (outcome == "duplicate" && row[1] is "registered" or "not-considered") ? 0 : 1;
        }

        told.AddRange(outcomes.GroupBy(o => o).OrderByDescending(g => g.Count()).Select(g => ("form " + g.Key, $"{g.Count()}")));
        told.Add(("forms that came to something else than expected", $"{wrong}"));
        return wrong == 0;
    }

    /// <summary>One request of an akimat from its list to the answer and its disclosure, over gRPC as that akimat.</summary>
    private static async Task<bool> Answered(Client client, List<(string, string)> told)
    {
        const string akimat = "akimat-79";
        var inquiries = new Inquiries.V1.Inquiries.InquiriesClient(client.InquiriesGrpc);
        var officer = client.Bearer("officer", akimat, "Айжан Серік");
        var (_, answered, _) = await client.Get(client.Inquiries, "/v1/inquiries?status=Answered&limit=1", client.Token("officer", akimat, "Айжан Серік"));
        if (answered!["items"]!.AsArray() is [{ } before, ..])
        {
            told.Add(("request answered (earlier run)", $"{before["number"]}"));
            return true;
        }

        var waiting = await inquiries.ListAssignedAsync(new() { Limit = 200 }, officer, Soon());
        var ours = waiting.Items.First(i => i.Language == "ru" && i.Defects.Count == 0);
        var form = JsonNode.Parse((await inquiries.ReadApplicantAsync(new() { InquiryId = ours.Id, Reason = "подготовка ответа" }, officer, Soon())).FormJson)!;
        var assigned = await inquiries.AssignAsync(new() { InquiryId = ours.Id, Version = ours.Version, Unit = "Управление экологии", Executor = "Айжан Серік" }, officer, Soon());
        var answer = await inquiries.AnswerAsync(new() { InquiryId = ours.Id, Version = assigned.Version, Text = "Данные постов приложены: среднее за год 0,7 ПДК, превышений не было." }, officer, Soon());
        var cleared = await inquiries.ClearForDisclosureAsync(new()
        {
            InquiryId = ours.Id,
            Version = answer.Version,
            Title = new() { Kk = "Ауа сапасы туралы деректер", Ru = "Данные о качестве воздуха" },
            Text = new() { Kk = "Жылдық орташа көрсеткіш 0,7 ШРК, асып кету болған жоқ.", Ru = "Среднее за год 0,7 ПДК, превышений не было." },
        }, officer, Soon());
        told.Add(($"request {ours.Number} read, assigned, answered and cleared by {akimat} over gRPC", $"{cleared.State}, version {cleared.Version}; asked in {form["language"]}"));
        return cleared.State == "Answered";
    }

    /// <summary>All events, moved by whole weeks so that the first lies at least seven days ahead; told from earlier runs by their titles.</summary>
    private static async Task<bool> PressEvents(Client client, string folder, List<(string, string)> told)
    {
        var scc = client.Token("editor", "scc", "Редактор СЦК");
        var there = (await All(client, client.PressEvents, "/v1/press-events?limit=200", scc)).Select(Title).ToHashSet();
        var events = File.ReadLines(Path.Combine(folder, "press-events.jsonl")).Select(line => JsonNode.Parse(line)!).ToList();
        var first = events.Min(e => e["start"]!.GetValue<DateTimeOffset>());
        var weeks = Math.Max(0, (int)Math.Ceiling((DateTimeOffset.UtcNow.AddDays(7) - first).TotalDays / 7));
        var (filed, known, refused) = (0, 0, new List<string>());
        foreach (var e in events)
        {
            foreach (var time in new[] { "start", "end" })
            {
                e[time] = e[time]!.GetValue<DateTimeOffset>().AddDays(7 * weeks).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
            }

            if (there.Contains(Title(e)))
            {
                known++;
                continue;
            }

            var (status, body, _) = await client.Post(client.PressEvents, "/v1/press-events", scc, e.ToJsonString());
            if (status == 201)
            {
                filed++;
            }
            else
            {
                refused.Add($"{status} {body?["code"]}, {(e["note"]!.ToString() is { Length: > 0 } note ? note : Title(e))}; {body?["free"]?.AsArray().Count ?? 0} free slots offered");
            }
        }

        told.Add(("press events filed, and known from earlier", $"{filed}, {known}"));
        told.AddRange(refused.Select(r => ("press event refused", r)));
        return refused is [var one] && one.StartsWith("409 hall-taken", StringComparison.Ordinal);
    }

    /// <summary>One announcement from the press event to the site: announced, drafted by the message, approved by a second person in two languages, released.</summary>
    private static async Task<bool> Released(Client client, List<(string, string)> told)
    {
        const string body = "min-emergency";
        var scc = client.Token("editor", "scc", "Редактор СЦК");
        var first = (await All(client, client.PressEvents, "/v1/press-events?limit=200", scc)).Where(e => e["body"]!.ToString() == body).MinBy(e => e["start"]!.ToString(), StringComparer.Ordinal)!;
        var (_, _, version) = await client.Get(client.PressEvents, $"/v1/press-events/{first["id"]}", scc);
        await client.Post(client.PressEvents, $"/v1/press-events/{first["id"]}/announce", scc, new { }, version);
        var (editor, approver) = (client.Token("editor", body, "Редактор МЧС"), client.Token("approver", body, "Утверждающий МЧС"));
        var draft = await Eventually(async () => (await All(client, client.Publications, "/v1/publications?limit=200", editor))
            .FirstOrDefault(p => p["cause"]?.ToString() == $"press-event:{first["id"]}"));
        var address = $"/v1/publications/{draft?["id"]}";
        if (draft?["state"]?.ToString() == "Drafted")
        {
            var (_, edited, seen) = await client.Post(client.Publications, address + "/edit", editor, new { wantedAt = DateTimeOffset.UtcNow.AddSeconds(3) }, draft["version"]!.GetValue<long>());
            (_, _, seen) = await client.Post(client.Publications, address + "/submit", editor, new { }, seen);
            foreach (var language in new[] { "kk", "ru" })
            {
                (_, _, seen) = await client.Post(client.Publications, address + "/approve", approver, new { language, contentHash = edited!["contentHash"]![language]!.ToString() }, seen);
            }

            await client.Post(client.Publications, address + "/schedule", editor, new { }, seen);
        }

        var released = await Eventually(async () => (await client.Get(client.Publications, address, editor)).Body is { } now && now["state"]?.ToString() == "Released" ? now : null);
        told.Add(($"announcement \"{Title(first)}\": announced, drafted, approved by two languages, scheduled", released is null ? "NOT released" : $"released {released["releasedAt"]}"));
        return released is not null;
    }

    private static string Title(JsonNode e) => e["title"]!["ru"]!.ToString();

    private static async Task<List<JsonNode>> All(Client client, Uri service, string path, string token)
    {
        List<JsonNode> all = [];
        for (string? next = ""; next is not null;)
        {
            var (_, body, _) = await client.Get(service, path + (next.Length > 0 ? "&cursor=" + Uri.EscapeDataString(next) : ""), token);
            all.AddRange(body!["items"]!.AsArray().Select(i => i!));
            next = body["next"]?.ToString();
        }

        return all;
    }

    private static async Task<JsonNode?> Eventually(Func<Task<JsonNode?>> look)
    {
        for (var tries = 0; tries < 150; tries++)
        {
            if (await look() is { } found)
            {
                return found;
            }

            await Task.Delay(200);
        }

        return null;
    }

    private static DateTime Soon() => DateTime.UtcNow.AddSeconds(30);

    private static void Print(List<(string What, string Came)> told, Client client)
    {
        var width = told.Max(t => t.What.Length);
        foreach (var (what, came) in told)
        {
            Console.WriteLine($"  {what.PadRight(width)}  {came}");
        }

        Console.WriteLine();
        foreach (var (what, where) in new (string, Uri)[]
        {
            ("requests: doors", new(client.Inquiries, "/swagger")), ("a date of the law, explained", new(client.Inquiries, "/v1/deadlines?rule=reply&from=2026-03-06")),
            ("press events: doors", new(client.PressEvents, "/swagger")), ("calendar in Kazakh", new(client.PressEvents, "/feeds/press-events.kk.ics")),
            ("calendar in Russian", new(client.PressEvents, "/feeds/press-events.ru.ics")), ("publications: doors", new(client.Publications, "/swagger")),
            ("the site (simulator)", client.Site),
        })
        {
            Console.WriteLine($"  {what,-30} {where}");
        }
    }
}
