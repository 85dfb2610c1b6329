using System.Net;
using System.Net.Http.Headers;
using System.Text;
using HandingOver;
using Platform;
using static PressEvents.Specs.GivenHandOvers;
using static PressEvents.Specs.GivenQuestions;

namespace PressEvents.Specs;

/// <summary>Answers as it is told, and keeps what it was asked.</summary>
sealed class Peer(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
{
    public List<(Uri Uri, AuthenticationHeaderValue? Authorization, string? Key, string Body)> Asked { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Asked.Add((request.RequestUri!, request.Headers.Authorization, request.Headers.TryGetValues("Idempotency-Key", out var keys) ? keys.Single() : null,
            await request.Content!.ReadAsStringAsync(cancellationToken)));
        return answer(request);
    }

    public static HttpResponseMessage Says(HttpStatusCode status, string body = "") => new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
}

public class Calling_inquiries
{
    const string Form = """{"form":"information-request"}""";
    static readonly string TakenBody = $$"""{"inquiryId":"{{InquiryId}}","number":"min-water-2026-000007","outcome":"registered","defects":["signature-missing"]}""";

    static async Task<(CallOutcome Outcome, Peer Inquiries, Peer Issuer)> When(Func<HttpResponseMessage> answer)
    {
        var (inquiries, issuer) = (new Peer(_ => answer()), new Peer(_ => Peer.Says(HttpStatusCode.OK, """{"access_token":"t-1","token_type":"Bearer","expires_in":300}""")));
        var auth = new AuthOptions { Authority = "https://issuer.example", TokenUrl = new("https://issuer.example/token"), ClientId = "press events", ClientSecret = "s:1" };
        using var tokens = new PeerTokens("press-events", auth, new() { RestPort = 1, GrpcPort = 2, SecretsFolder = "" }, new(issuer), TimeProvider.System);
        var peer = new InquiriesPeer(new(inquiries) { BaseAddress = new("http://inquiries/") }, tokens);
        return (await peer.Hand("press-question", QuestionId, Form, default), inquiries, issuer);
    }

    static async Task<CallOutcome> Outcome(Func<HttpResponseMessage> answer) => (await When(answer)).Outcome;

    [Fact]
    public async Task Names_the_thing_in_address_and_key_and_itself_by_the_issuers_token()
    {
        var (_, inquiries, issuer) = await When(() => Peer.Says(HttpStatusCode.Created, TakenBody));
        var asked = Assert.Single(inquiries.Asked);
        Assert.Equal(($"http://inquiries/v1/forms/press-question/{QuestionId}", "Bearer t-1", QuestionId.ToString(), Form), (asked.Uri.AbsoluteUri, asked.Authorization!.ToString(), asked.Key, asked.Body));
        var token = Assert.Single(issuer.Asked);
        Assert.Equal("press%20events:s%3A1", Encoding.UTF8.GetString(Convert.FromBase64String(token.Authorization!.Parameter!)));
        Assert.Contains("grant_type=client_credentials", token.Body, StringComparison.Ordinal);
    }

    [Theory, InlineData(HttpStatusCode.Created), InlineData(HttpStatusCode.OK)]
    public async Task Is_taken_anew_or_again(HttpStatusCode status) => Assert.Equal((InquiryId, "min-water-2026-000007", "signature-missing"),
        Assert.IsType<CallOutcome.Taken>(await Outcome(() => Peer.Says(status, TakenBody))) is var taken ? (taken.InquiryId, taken.Number, Assert.Single(taken.Defects)) : default);

    [Theory, InlineData(HttpStatusCode.BadRequest), InlineData(HttpStatusCode.RequestEntityTooLarge), InlineData(HttpStatusCode.UnprocessableEntity)]
    public async Task Is_refused_for_what_it_holds(HttpStatusCode status)
    {
        var refused = Assert.IsType<CallOutcome.Refused>(await Outcome(() => Peer.Says(status, """{"code":"form-invalid","title":"words","errors":{"applicant.kind":["is required"]}}""")));
        Assert.Equal(("form-invalid", "applicant.kind"), (refused.Code, Assert.Single(refused.Fields)));
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized), InlineData(HttpStatusCode.Forbidden), InlineData(HttpStatusCode.NotFound), InlineData(HttpStatusCode.Conflict)]
    [InlineData(HttpStatusCode.TooManyRequests), InlineData(HttpStatusCode.InternalServerError), InlineData(HttpStatusCode.ServiceUnavailable), InlineData(HttpStatusCode.Redirect)]
    public async Task All_else_is_unknown_and_tried_again(HttpStatusCode status) => Assert.Equal("http-" + (int)status, Assert.IsType<CallOutcome.Unknown>(await Outcome(() => Peer.Says(status))).Code);

    [Fact] public async Task So_is_a_reply_that_is_none() => Assert.Equal("reply-invalid", Assert.IsType<CallOutcome.Unknown>(await Outcome(() => Peer.Says(HttpStatusCode.OK, "<html>"))).Code);
    [Fact] public async Task So_is_silence() => Assert.Equal("timeout", Assert.IsType<CallOutcome.Unknown>(await Outcome(() => throw new TaskCanceledException())).Code);
    [Fact] public async Task So_is_nobody() => Assert.Equal("unreachable", Assert.IsType<CallOutcome.Unknown>(await Outcome(() => throw new HttpRequestException())).Code);
}

public class A_token_of_this_service
{
    sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = During;
        public override DateTimeOffset GetUtcNow() => Now;
    }

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static readonly AuthOptions Production = new() { Authority = "https://issuer.example", TokenUrl = new("https://issuer.example/token"), ClientId = "p", ClientSecret = "s" };

    [Fact]
    public async Task Is_kept_until_shortly_before_its_end_or_until_nobody_takes_it()
    {
        var (count, clock) = (0, new Clock());
        using var tokens = new PeerTokens("press-events", Production, new() { RestPort = 1, GrpcPort = 2, SecretsFolder = "" },
            new(new Peer(_ => Peer.Says(HttpStatusCode.OK, $$"""{"access_token":"t-{{++count}}","expires_in":60}"""))), clock);
        Assert.Equal(["t-1", "t-1"], [await tokens.Get(Ct), await tokens.Get(Ct)]);
        clock.Now = clock.Now.AddSeconds(31);
        Assert.Equal("t-2", await tokens.Get(Ct));
        tokens.Forget();
        Assert.Equal("t-3", await tokens.Get(Ct));
    }

    [Fact] public void Without_a_way_to_get_one_it_does_not_start() => Assert.Throws<InvalidOperationException>(() => PeerTokens.Checked(Production with { ClientSecret = " " }));
    [Fact] public void In_development_it_signs_its_own() => Assert.Null(PeerTokens.Checked(new()).TokenUrl);
    [Fact] public void With_all_three_settings_it_starts() => Assert.Same(Production, PeerTokens.Checked(Production));
}
