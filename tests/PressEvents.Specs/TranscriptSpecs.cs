using static PressEvents.Specs.Given;

namespace PressEvents.Specs;

public class A_transcript
{
    const string Good = "WEBVTT kk\n\nNOTE inside\n\n00:00.000 --> 00:05.000\nСәлем\n\nquestion:01a20000-0000-7000-8000-000000000009\n00:00:05.000 --> 00:00:10.500\n<v Айдос>Жауап\nекінші жол\n";

    static IReadOnlyList<Cue> When(string vtt) => WebVtt.Parse(vtt);

    [Fact]
    public void Is_cues_with_times_and_questions()
    {
        var cues = When("\uFEFF" + Good.Replace("\n", "\r\n", StringComparison.Ordinal));
        Assert.Equal([(0L, 5000L, null), (5000L, 10_500L, (Guid?)new Guid("01a20000-0000-7000-8000-000000000009"))], cues.Select(c => (c.At.StartMs, c.At.EndMs, c.QuestionId)));
        Assert.Equal("<v Айдос>Жауап\nекінші жол", cues[1].Text);
    }

    [Fact] public void Comments_go_no_further() => Assert.DoesNotContain("inside", WebVtt.Write(When(Good)), StringComparison.Ordinal);
    [Fact] public void Written_it_reads_the_same() => Assert.Equal(When(Good), When(WebVtt.Write(When(Good))));

    [Theory]
    [InlineData("", "line 1")]
    [InlineData("WEBVTTX\n\n00:00.000 --> 00:01.000\na", "line 1")]
    [InlineData("WEBVTT\n00:00.000 --> 00:01.000\na", "line 2")]
    [InlineData("WEBVTT\n\nSTYLE\n::cue {}", "line 3")]
    [InlineData("WEBVTT\n\n0:00.000 --> 00:01.000\na", "line 3")]
    [InlineData("WEBVTT\n\n00:00.000 --> 00:01.000 align:start\na", "line 3")]
    [InlineData("WEBVTT\n\n00:02.000 --> 00:01.000\na", "line 3")]
    [InlineData("WEBVTT\n\n00:00.000 --> 00:61.000\na", "line 3")]
    [InlineData("WEBVTT\n\n00:00.000 --> 00:01.000\n\n00:01.000 --> 00:02.000\nb", "line 3")]
    [InlineData("WEBVTT\n\n00:05.000 --> 00:06.000\na\n\n00:01.000 --> 00:02.000\nb", "line 6")]
    [InlineData("WEBVTT\n\nid\nanother\n00:01.000 --> 00:02.000\nb", "line 4")]
    [InlineData("WEBVTT\n\n00:00.000 --> 00:01.000\n2 < 3", "line 4")]
    [InlineData("WEBVTT\n\n00:00.000 --> 00:09.000\na <00:10.000>b", "line 4")]
    public void What_is_wrong_is_told_by_line(string vtt, string line)
    {
        var refused = Refusal(() => When(vtt));
        Assert.Equal("vtt-invalid", refused.Code);
        Assert.Contains(line, refused.Errors.Keys);
    }

    [Fact] public void All_that_is_wrong_is_told() => Assert.Equal(["line 3", "line 6"], Refusal(() => When("WEBVTT\n\n0 --> 1\na\n\n1 --> 2\nb\n")).Errors.Keys);
    [Fact] public void Without_cues_it_is_refused() => Refused("vtt-invalid", () => When("WEBVTT\n"));
}

public class Redacting
{
    static readonly Guid One = new(1, 0, 0, new byte[8]), Two = new(2, 0, 0, new byte[8]);
    static PressRecord Record(bool onByDefault, params (long From, long To, bool On)[] segments) =>
        new(Id, "scc", onByDefault) { Segments = [.. segments.Select((s, i) => new Segment(new(i + 1, 0, 0, new byte[8]), new(s.From, s.To), s.On, One))] };
    static Cue Cue(long from, long to, string text = "words") => new(new(from, to), null, text);
    static IEnumerable<(long, long, string)> When(PressRecord record, params Cue[] cues) => Redaction.Cues(cues, Redaction.OnRecord(record)).Published.Select(c => (c.At.StartMs, c.At.EndMs, c.Text));

    [Fact] public void All_is_on_the_record_unless_marked() => Assert.Equal([(0L, 9L, "words")], When(Record(true), Cue(0, 9)));
    [Fact] public void Nothing_is_where_the_format_says_so() => Assert.Empty(When(Record(false), Cue(0, 9)));
    [Fact] public void What_is_marked_off_is_gone() => Assert.Equal([(20L, 30L, "after")], When(Record(true, (0, 20, false)), Cue(0, 10, "before"), Cue(10, 20, "within"), Cue(20, 30, "after")));
    [Fact] public void What_is_marked_on_is_there() => Assert.Equal([(10L, 20L, "within")], When(Record(false, (10, 20, true)), Cue(0, 10, "before"), Cue(10, 20, "within"), Cue(20, 30, "after")));
    [Fact] public void Two_segments_on_the_record_are_one_stretch() => Assert.Single(When(Record(false, (0, 10, true), (10, 20, true)), Cue(5, 15)));

    [Fact]
    public void A_cue_over_the_border_is_cut_by_the_times_within_it()
    {
        var cue = Cue(0, 3000, "<v Айдос>open <00:01.000>secret <00:02.000>again");
        Assert.Equal([(0L, 1000L, "open"), (2000L, 3000L, "again")], When(Record(true, (1000, 2000, false)), cue));
        Assert.Equal([(0L, 1000L, "open")], When(Record(true, (1500, 2500, false)), cue)); // what is partly off the record is off the record
    }

    [Fact]
    public void Without_such_times_it_is_withheld_and_told()
    {
        var (published, withheld) = Redaction.Cues([Cue(0, 3000, "open secret")], Redaction.OnRecord(Record(true, (1000, 2000, false))));
        Assert.Empty(published);
        Assert.Single(withheld);
    }

    [Fact]
    public void A_recording_that_covers_a_moment_off_the_record_is_not_shown_and_a_photo_goes_with_its_segment()
    {
        var words = new OpenWords(new() { [One] = """{"title":{"kk":"Ә","ru":"А"},"caption":{"kk":"Ә","ru":"А"},"alt":{"kk":"Ә","ru":"А"}}""", [Two] = "WEBVTT\n\n00:00.000 --> 00:00.500\nopen\n\n00:01.000 --> 00:02.000\nsecret\n" });
        var record = Record(true, (0, 1000, true), (1000, 2000, false)) with
        {
            Recordings = [new(One, "floor", "https://m.example/all", new(0, 5000), null), new(Two, "floor", "https://m.example/open", new(2000, 5000), null)],
            Photos = [new(One, "https://m.example/1", "", One, One), new(Two, "https://m.example/2", "", Two, One)],
            Transcripts = [new(One, "kk", "", Two)],
        };
        var shown = PublicRecord.Of(record, words);
        Assert.Equal(["https://m.example/open", "https://m.example/1"], shown.Recordings.Select(r => r.Url).Concat(shown.Photos.Select(p => p.Url)));
        var cue = Assert.Single(Assert.Single(shown.Transcripts).Cues);
        Assert.Equal(("open", One), (cue.Text, cue.SegmentId));
        Assert.Equal(One, Assert.Single(shown.Segments).Id);
        Assert.DoesNotContain("secret", Stored(shown), StringComparison.Ordinal);
    }

    [Fact] // whatever is marked, no word that is spoken off the record is published
    public void Never_lets_a_word_off_the_record_through()
    {
        var random = new Random(4);
        for (var round = 0; round < 2000; round++)
        {
            var borders = Enumerable.Range(0, 5).Select(_ => random.NextInt64(1, 100)).Distinct().Order().ToList();
            var record = Record(random.Next(2) == 0, [.. borders.Zip(borders.Skip(1)).Where(_ => random.Next(3) > 0).Select(b => (b.First, b.Second, random.Next(2) == 0))]);
            var stamps = Enumerable.Range(0, random.Next(4)).Select(_ => random.NextInt64(1, 99)).Distinct().Order().ToList();
            // each run says when it is spoken
            var ends = stamps.Append(99).ToList();
            var text = string.Concat(new[] { 0L }.Concat(stamps).Zip(ends).Select((run, i) => (i == 0 ? "" : $"<00:00.{run.First:000}>") + $"[{run.First}-{run.Second}]"));
            var spans = Redaction.OnRecord(record);
            foreach (var said in Redaction.Cues([Cue(0, 99, text)], spans).Published.SelectMany(c => System.Text.RegularExpressions.Regex.Matches(c.Text, @"\[(\d+)-(\d+)\]")))
            {
                Assert.Contains(spans, span => span.Holds(new(long.Parse(said.Groups[1].Value, null), long.Parse(said.Groups[2].Value, null))));
            }
        }
    }
}
