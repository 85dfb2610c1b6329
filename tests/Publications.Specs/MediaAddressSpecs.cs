using System.Web;
using static Publications.Specs.ChannelGiven;
using static Publications.Specs.Given;
using static Publications.Specs.GivenMedia;

namespace Publications.Specs;

/// <summary>A picture that is not public yet, fetched by a channel.</summary>
public class An_address_of_a_picture
{
    sealed class AtTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }

    static readonly Crop Part = new(10, 20, 300, 400);

    static PublicSight? Open(Uri address, Guid? id = null, DateTimeOffset? at = null, byte key = 1, params (string Name, string? Value)[] changed)
    {
        var query = HttpUtility.ParseQueryString(address.Query);
        string? Said(string name) => changed.FirstOrDefault(c => c.Name == name) is { Name: not null } other ? other.Value : query[name];
        return Addresses(new AtTime(at ?? Noon), key: key).Opened(id ?? PictureId, Said("crop"), Said("expires"), Said("signature"));
    }

    static readonly Uri Whole = Addresses().Of(PictureId, null), Cut = Addresses().Of(PictureId, Part);

    [Fact] public void shows_the_whole() => Assert.Equal(new PublicSight(null), Open(Whole));
    [Fact] public void shows_the_part_that_goes_out() => Assert.Equal(new PublicSight(Part), Open(Cut));
    [Fact] public void is_under_the_public_base() => Assert.StartsWith($"https://platform.example/v1/media/{PictureId}/fetch?expires=", Whole.AbsoluteUri, StringComparison.Ordinal);
    [Fact] public void lapses_in_an_hour() => Assert.Equal((true, false), (Open(Whole, at: Noon.AddMinutes(59)) is not null, Open(Whole, at: Noon.AddHours(1)) is not null));
    [Fact] public void of_another_picture_shows_nothing() => Assert.Null(Open(Whole, id: Writer));
    [Fact] public void of_another_key_shows_nothing() => Assert.Null(Open(Whole, key: 2));
    [Theory, InlineData(null), InlineData(""), InlineData("00"), InlineData("é")] public void without_its_signature_shows_nothing(string? signature) => Assert.Null(Open(Whole, changed: ("signature", signature)));
    [Theory, InlineData(null), InlineData(""), InlineData("0,0,300,400"), InlineData("x")] public void of_another_crop_shows_nothing(string? crop) => Assert.Null(Open(Cut, changed: ("crop", crop)));
    [Theory, InlineData(null), InlineData("9999999999"), InlineData("-1")] public void with_another_end_shows_nothing(string? expires) => Assert.Null(Open(Whole, changed: ("expires", expires)));

    /// <summary>As one would be that a clock far ahead has signed.</summary>
    [Fact] public void of_more_than_a_day_shows_nothing() => Assert.Null(Open(Addresses(new AtTime(Noon.AddHours(24))).Of(PictureId, null)));

    [Theory, InlineData("http://platform.example"), InlineData("platform.example"), InlineData("https://platform.example/?a=1")]
    public void is_not_made_under_what_is_no_public_address(string given) => Assert.Throws<InvalidOperationException>(() => MediaAddressOptions.Checked(new() { PublicBase = given }, development: false));

    [Fact] public void in_development_may_be_here() => Assert.Equal("http://127.0.0.1:5121/", MediaAddressOptions.Checked(new() { PublicBase = "http://127.0.0.1:5121" }, development: true)!.AbsoluteUri);
}

public class Pictures_for_a_channel_that_fetches_them
{
    sealed class Accounts(string kind) : IChannelAccounts
    {
        public Task<ChannelAccount?> Find(string code, CancellationToken ct) => Task.FromResult<ChannelAccount?>(code == "site" ? ConfiguredAccounts.Site : Account(kind));
    }

    static async Task<Finding[]> Found(string kind, MediaAddresses addresses, params MediaUse[] media) =>
        [.. await new MediaAddressGate(addresses, new Accounts(kind)).Check(null!, State(Drafted(Written with { Channels = ["mayor", "site"], Media = media })), Noon, default)];

    [Fact] public async Task need_a_public_address() => Assert.Equal(("public-address-missing", true), (await Found("instagram", Addresses(at: null), PictureUse)) is [var one] ? (one.Code, one.Blocking) : default);
    [Fact] public async Task have_one() => Assert.Empty(await Found("instagram", Addresses(), PictureUse));
    [Fact] public async Task are_sent_to_others() => Assert.Empty(await Found("facebook", Addresses(at: null), PictureUse));
    [Fact] public async Task are_none() => Assert.Empty(await Found("instagram", Addresses(at: null)));
    [Fact] public void are_told_of_in_both_languages() => Assert.NotNull(CheckShown.Of(new(MediaAddresses.Missing, "", null, true)).Words);
}
