using Platform;
using static Publications.Specs.Given;
using static Publications.Specs.GivenMedia;

namespace Publications.Specs;

public class Saying_who_is_in_a_picture
{
    static IReadOnlyList<object> When(AssertDepiction ask, string by = Witness, params object[] given) => MediaDecider.Decide(Media([Uploaded, .. given]), DepictionId, ask, by, Before);
    static AssertDepiction Shows(params Guid[] persons) => new([.. persons.Select(p => new AskedPerson(p, null))], null, null, "Мұрағат, 1998 жылғы қор");

    [Fact] public void is_recorded_with_its_evidence() => Same([Asserted(Writer)], When(Shows(Writer)));
    [Fact] public void twice_is_recorded_once() => Assert.Empty(When(Shows(Writer), Witness, Asserted(Writer)));
    [Fact] public void again_after_it_was_withdrawn_is_recorded() => Assert.Single(When(Shows(Writer), Witness, Asserted(Writer), new DepictionWithdrawn(PictureId, DepictionId, "Қате", Witness, Noon)));
    [Fact] public void without_evidence_is_refused() => Assert.Equal("evidence-missing", Refusal(() => When(Shows(Writer) with { Evidence = " " })));
    [Fact] public void of_nobody_names_what_is_there() => Assert.Equal("animal", Assert.IsType<DepictionAsserted>(Assert.Single(When(new(null, null, "animal", "Көріп тұрмын")))).Nobody);
    [Fact] public void of_somebody_and_nobody_is_refused() => Assert.Equal("frame-missing", Refusal(() => When(Shows(Writer) with { Nobody = "landscape" })));
    [Fact] public void of_nothing_is_refused() => Assert.Equal("frame-missing", Refusal(() => When(new([], [], null, "x"))));
    [Fact] public void of_another_nobody_is_refused() => Assert.Equal("nobody-invalid", Refusal(() => When(new(null, null, "crowd", "x"))));
    [Fact] public void of_the_same_person_twice_is_refused() => Assert.Equal("persons-invalid", Refusal(() => When(Shows(Writer, Writer))));
    [Fact] public void of_a_person_without_id_is_refused_by_field() => Assert.Equal(["persons[1].personId"], Fields(() => When(new([new(Writer, null), new(null, null)], null, null, "x"))));
    [Fact] public void of_others_in_one_language_is_refused_by_field() => Assert.Equal(["others[0].name.ru"], Fields(() => When(new(null, [new(new("Аты", null), null)], null, "x"))));

    [Theory, InlineData(0, 0, 801, 10), InlineData(-1, 0, 10, 10), InlineData(0, 0, 0, 10), InlineData(int.MaxValue, 0, int.MaxValue, 10)]
    public void in_a_region_outside_is_refused(int x, int y, int width, int height) =>
        Assert.Equal("region-invalid", Refusal(() => When(new([new(Writer, new(x, y, width, height))], null, null, "x"))));
}

public class Confirming_who_is_in_a_picture
{
    static IReadOnlyList<object> When(string by, params object[] given) => MediaDecider.Confirm(Media([Uploaded, .. given]), DepictionId, Before, by, Before.AddHours(1));

    [Fact] public void is_done_by_another() => Same([Confirmed], When(Second, Asserted(Writer)));
    [Fact] public void twice_is_recorded_once() => Assert.Empty(When(Second, Asserted(Writer), Confirmed));
    [Fact] public void by_a_third_person_too_is_recorded() => Assert.Single(When(Third, Asserted(Writer), Confirmed));
    [Fact] public void by_the_same_after_somebody_was_renamed_is_recorded() => Assert.Single(MediaDecider.Confirm(Pictured(Asserted(Writer), Confirmed), DepictionId, Noon, Second, Noon));
    [Fact] public void by_who_asserted_it_is_refused() => Assert.Equal("confirmer-is-asserter", Refusal(() => When(Witness, Asserted(Writer))));
    [Fact] public void by_who_brought_it_is_refused() => Assert.Equal("confirmer-is-uploader", Refusal(() => When(Uploader, Asserted(Writer))));
    [Fact] public void of_what_was_withdrawn_is_refused() => Assert.Equal("depiction-withdrawn", Refusal(() => When(Second, Asserted(Writer), new DepictionWithdrawn(PictureId, DepictionId, "Қате", Witness, Noon))));
    [Fact] public void of_what_is_disputed_is_refused() => Assert.Equal("depiction-disputed", Refusal(() => When(Third, Asserted(Writer), Confirmed, Disputed)));
    [Fact] public void of_what_nobody_said_is_missing() => Assert.Equal(RefusalKind.Missing, Refuses(() => When(Second)).Kind);
    [Fact]
    public void later_of_another_assertion_replaces_it() => Assert.Equal(NextDepiction, MediaDecider.Confirmed(Pictured(Asserted(Writer), Confirmed,
        Asserted(Namesake) with { DepictionId = NextDepiction }, Confirmed with { DepictionId = NextDepiction, At = Noon }))!.Id);
}

public class A_dispute
{
    static IReadOnlyList<object> When(string? outcome, string by, params object[] given) =>
        MediaDecider.Decide(Pictured([Asserted(Writer), Confirmed, Disputed, .. given]), DisputeId, new ResolveDispute(outcome, "Отбасы растады"), by, Noon);
    static readonly MediaDisputeResolved Upheld = new(PictureId, DisputeId, "upheld", "Отбасы растады", Third, Noon);

    [Fact] public void is_decided_by_who_had_no_part() => Same([Upheld], When("upheld", Third));
    [Fact] public void upheld_withdraws_the_depiction() => Assert.Null(MediaDecider.Confirmed(Pictured(Asserted(Writer), Confirmed, Disputed, Upheld)));
    [Fact] public void rejected_leaves_it() => Assert.Equal(DepictionId, MediaDecider.Confirmed(Pictured(Asserted(Writer), Confirmed, Disputed, Upheld with { Outcome = "rejected" }))!.Id);
    [Fact] public void decided_twice_is_recorded_once() => Assert.Empty(When("upheld", Third, Upheld));
    [Fact] public void decided_otherwise_is_refused() => Assert.Equal("dispute-resolved", Refusal(() => When("rejected", Third, Upheld)));
    [Theory, InlineData(Uploader), InlineData(Witness), InlineData(Second)] public void decided_by_a_party_is_refused(string by) => Assert.Equal("resolver-is-party", Refusal(() => When("rejected", by)));
    [Fact] public void without_an_outcome_is_refused() => Assert.Equal("outcome-invalid", Refusal(() => When("maybe", Third)));
    [Fact] public void halts_until_it_is_decided() => Assert.Equal((true, false), (new MediaView(PictureId, Pictured(Disputed)).Halting, new MediaView(PictureId, Pictured(Disputed, Upheld)).Halting));
    [Fact] public void of_what_is_not_out_halts_nobody() => Assert.False(new MediaView(PictureId, Pictured(Disputed with { Halted = [] })).Halting);
}

public class Rights
{
    static IReadOnlyList<object> When(SetMediaRights ask, params object[] given) => MediaDecider.Decide(Media([Uploaded, .. given]), ask, Uploader, Before);
    static string[] Check(MediaItem media, DateTimeOffset now) => Codes(RightsRules.Check(About("News", null, Use()), new Dictionary<Guid, MediaItem> { [PictureId] = media }, now));

    [Fact] public void are_set() => Same([RightsSet with { LeaseUntil = Due.AddDays(30).ToUniversalTime() }], When(new("ҚазАқпарат", "agency", Due.AddDays(30))));
    [Fact] public void that_are_not_named_stay() => Same([RightsSet with { Category = "handout" }], When(new(null, "handout", null), RightsSet));
    [Fact] public void set_twice_are_recorded_once() => Assert.Empty(When(new("ҚазАқпарат", "agency", Due.AddDays(30)), RightsSet with { LeaseUntil = Due.AddDays(30).ToUniversalTime() }));
    [Fact] public void may_lose_their_end() => Assert.Null(Assert.IsType<MediaRightsSet>(Assert.Single(When(new(null, null, null, true), RightsSet))).LeaseUntil);
    [Fact] public void of_no_category_are_refused() => Assert.Equal("category-invalid", Refusal(() => When(new("x", "found-on-the-web", null))));

    [Fact] public void that_hold_find_nothing() => Assert.Empty(Check(Pictured(), Noon));
    [Fact] public void that_are_missing_are_each_found() => Assert.Equal(["rights-missing", "rights-missing"], Check(Media(Uploaded), Noon));
    [Fact] public void that_end_before_it_goes_out_are_found() => Assert.Equal(["rights-missing"], Check(Media(Uploaded, RightsSet with { LeaseUntil = Due }), Noon));
    [Fact] public void that_end_while_it_was_late_are_found() => Assert.Equal(["rights-missing"], Check(Media(Uploaded, RightsSet with { LeaseUntil = Due.AddHours(1) }), Due.AddHours(2)));
    [Fact] public void without_an_end_hold() => Assert.Empty(Check(Media(Uploaded, RightsSet with { LeaseUntil = null }), Noon));
    [Fact] public void that_were_taken_back_are_found() => Assert.Equal(["rights-missing"], Check(Media(Uploaded, RightsSet with { Credit = null }), Noon));
}

public class What_bytes_are
{
    static MediaHead? Of(byte[] bytes) => MediaHead.Read(new MemoryStream([.. bytes, .. new byte[64]]));
    static readonly byte[] JpegHead = [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF"u8, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0xFF, 0xC0, 0, 17, 8, 2, 88, 3, 32, 3];

    [Fact] public void a_JPEG() => Assert.Equal(new("image/jpeg", 800, 600), Of(JpegHead));
    [Fact] public void a_JPEG_with_much_before_its_frame() => Assert.Equal(new("image/jpeg", 800, 600), Of([0xFF, 0xD8, 0xFF, 0xE1, 0xFF, 0xFF, .. new byte[65533], .. JpegHead[2..]]));
    [Fact] public void a_PNG() => Assert.Equal(new("image/png", 640, 480), Of([0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 2, 128, 0, 0, 1, 224]));
    [Fact] public void a_GIF() => Assert.Equal(new("image/gif", 10, 20), Of([.. "GIF89a"u8, 10, 0, 20, 0]));
    [Fact] public void a_WebP() => Assert.Equal(new("image/webp", 11, 21), Of([.. "RIFF"u8, 0, 0, 0, 0, .. "WEBPVP8X"u8, 10, 0, 0, 0, 0, 0, 0, 0, 10, 0, 0, 20, 0, 0]));
    [Fact] public void an_MP4() => Assert.Equal(new("video/mp4", null, null), Of([0, 0, 0, 24, .. "ftypisom"u8]));

    [Fact] public void nothing_that_is_taken() => Assert.Null(Of([.. "<script>alert(1)</script>"u8]));
    [Fact] public void a_picture_without_a_frame() => Assert.Null(Of([0xFF, 0xD8, 0xFF, 0xD9]));
    [Fact] public void a_picture_without_a_size() => Assert.Null(Of([.. "GIF89a"u8, 0, 0, 20, 0]));
    [Fact] public void too_few() => Assert.Null(MediaHead.Read(new MemoryStream([0xFF, 0xD8, 0xFF])));
}
