namespace PressEvents;

/// <summary>
/// Put a question to a speaker: by place in the event's list, from 0, or by name and post in kk and ru. <paramref name="Timecode"/>: hh:mm:ss or
/// hh:mm:ss.fff of the recording. <paramref name="OffRecord"/>: it never becomes public, whatever its segment.
/// </summary>
public sealed record PutToSpeaker(int? Speaker, Bilingual? Name, Bilingual? Post, string? Timecode, Guid? SegmentId, bool? OffRecord);

public static class PutToSpeakerRest
{
    public static void MapPutToSpeaker(this IEndpointRouteBuilder app) => app.MapQuestionCommand<PutToSpeaker>("put-to-speaker",
        "Says to whom it was put, and where in the recording; said again it is corrected.", QuestionDecider.Decide, QuestionCommands.Moderators);
}
