using System.Security.Cryptography;
using FsCheck.Xunit;

namespace PressEvents.Specs;

public class A_badge : IDisposable
{
    static readonly Guid Registration = new("01a20000-0000-7000-8000-00000000000d"), Event = new("01a20000-0000-7000-8000-000000000001");
    static readonly DateTimeOffset End = Given.At("2026-12-07T18:00:00+05:00");
    static readonly Badge Said = new(Registration, Event, "Student", End.ToUniversalTime());

    readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256), _other = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose()
    {
        _key.Dispose();
        _other.Dispose();
        GC.SuppressFinalize(this);
    }

    string Token => BadgeTokens.Sign(_key, Said);

    [Fact] public void Says_who_where_and_until_when() => Assert.Equal(Said, BadgeTokens.Badge(_key, Token));
    [Fact] public void Fits_in_a_code_that_a_camera_reads() => Assert.InRange(Token.Length, 100, 350);
    [Fact] public void Is_a_picture() => Assert.StartsWith("<svg", BadgeReads.Svg(Token), StringComparison.Ordinal);
    [Fact] public void Of_another_key_is_nothing() => Assert.Null(BadgeTokens.Badge(_other, Token));
    [Theory, InlineData(null), InlineData(""), InlineData("a.b.c"), InlineData("..."), InlineData("eyJhbGciOiJub25lIn0.e30.")]
    public void Neither_is_what_is_no_token(string? token) => Assert.Null(BadgeTokens.Badge(_key, token));

    [Fact]
    public void Is_checked_by_the_public_half_alone()
    {
        using var open = ECDsa.Create();
        open.ImportFromPem(_key.ExportSubjectPublicKeyInfoPem());
        Assert.Equal(Said, BadgeTokens.Badge(open, Token));
    }

    [Fact]
    public void Never_passes_for_a_list_of_revocations_nor_the_other_way_round()
    {
        var list = new RevokedBadges(Event, 1, [Registration]);
        Assert.Equal((list.Version, Registration), BadgeTokens.Revoked(_key, BadgeTokens.Sign(_key, list)) is { } read ? (read.Version, read.Registrations[0]) : default);
        Assert.Null(BadgeTokens.Revoked(_key, Token));
        Assert.Null(BadgeTokens.Badge(_key, BadgeTokens.Sign(_key, list)));
    }

    /// <summary>Whatever single letter is changed.</summary>
    [Property(MaxTest = 200)]
    public void With_one_letter_changed_is_forged(ushort where)
    {
        var token = Token;
        var i = where % token.Length;
        // the last letter of a part carries bits that decode to nothing
        var forged = token[..i] + (token[i] == 'A' ? 'B' : 'A') + token[(i + 1)..];
        Assert.True(token[i] == '.' || i + 1 == token.Length || token[i + 1] == '.' || BadgeTokens.Badge(_key, forged) is null);
    }

    static string? Flaw(Badge? badge, Guid? at = null, bool revoked = false, int hours = 0) => BadgeTokens.Flaw(badge, at ?? Event, _ => revoked, End.AddHours(hours));

    [Fact]
    public void Outlives_a_move_of_its_event_at_the_door_and_without_a_net()
    {
        var moved = GivenSeats.Talk with { End = GivenSeats.Talk.End.AddDays(1), Version = 3 };
        var list = new RevokedBadges(Event, 3, [], BadgeReads.GoodUntil(moved));
        var read = BadgeTokens.Revoked(_key, BadgeTokens.Sign(_key, list))!;
        Assert.Equal(moved.End.AddHours(6), read.GoodUntil);
        Assert.Equal(["badge-expired", null, "badge-expired"], [BadgeTokens.Flaw(Said, Event, _ => false, moved.End), BadgeTokens.Flaw(Said, Event, _ => false, moved.End, read.GoodUntil),
            BadgeTokens.Flaw(Said, Event, _ => false, moved.End.AddHours(7), read.GoodUntil)]);
        Assert.Equal("badge-revoked", BadgeTokens.Flaw(Said, Event, _ => true, moved.End, read.GoodUntil));
        Assert.Null(BadgeTokens.Revoked(_key, BadgeTokens.Sign(_key, list with { GoodUntil = null }))!.GoodUntil);
    }

    [Fact] public void Is_good_until_its_end() => Assert.Null(Flaw(Said));
    [Fact]
    public void Has_a_code_for_each_flaw() => Assert.Equal(["badge-forged", "badge-other-event", "badge-revoked", "badge-expired"],
        [Flaw(null), Flaw(Said, Registration), Flaw(Said, revoked: true), Flaw(Said, hours: 1)]);

    [Fact]
    public void Lets_no_journalist_in_who_is_suspended_at_that_moment_but_out()
    {
        static bool KeptOut(string at, ScanDirection direction = ScanDirection.In) => ScanRules.KeptOut(AccreditationGiven.Person(AccreditationGiven.Suspended, AccreditationGiven.Lifted), direction, Given.At(at)) is not null;
        Assert.Equal([false, true, false], new[] { "2026-08-31T09:59:00+05:00", "2026-10-01T10:00:00+05:00", "2026-11-02T10:00:00+05:00" }.Select(at => KeptOut(at)));
        Assert.False(KeptOut("2026-10-01T10:00:00+05:00", ScanDirection.Out));
        Assert.Null(ScanRules.KeptOut(null, ScanDirection.In, End)); // who is no journalist has no accreditation to lose
    }

    [Fact]
    public void Is_void_from_the_moment_its_seat_was_given_up()
    {
        var view = GivenSeats.Seat(GivenSeats.Sits, GivenSeats.Withdrew);
        Assert.Equal([false, true, true], new[] { GivenSeats.Withdrew.At.AddSeconds(-1), GivenSeats.Withdrew.At, GivenSeats.Withdrew.At.AddHours(1) }.Select(at => ScanRules.IsRevoked(view, at)));
        Assert.True(ScanRules.IsRevoked(null, End));
        Assert.True(ScanRules.IsRevoked(GivenSeats.Seat(GivenSeats.Waits), End));
    }
}
