using Contracts.Inquiries;
using Contracts.PressEvents;
using MassTransit;

namespace Publications;

/// <summary>What PressEvents tells of an event from its announcement to its materials.</summary>
public sealed class WhenPressEventMoves(News news) : IConsumer<PressEventAnnounced>, IConsumer<PressEventRevised>, IConsumer<PressEventRescheduled>, IConsumer<PressEventPostponed>,
    IConsumer<PressEventCancelled>, IConsumer<PressEventWithdrawn>, IConsumer<PressEventStarted>, IConsumer<PressEventConcluded>, IConsumer<PressEventMaterialsPublished>,
    IConsumer<BroadcastWentOnAir>, IConsumer<BroadcastEnded>
{
    /// <summary>The messages that are kept, by the names they are kept under.</summary>
    public static readonly Type[] Heard =
    [
        typeof(PressEventAnnounced), typeof(PressEventRevised), typeof(PressEventRescheduled), typeof(PressEventPostponed), typeof(PressEventCancelled), typeof(PressEventWithdrawn),
        typeof(PressEventStarted), typeof(PressEventConcluded), typeof(PressEventMaterialsPublished), typeof(BroadcastWentOnAir), typeof(BroadcastEnded),
    ];

    public Task Consume(ConsumeContext<PressEventAnnounced> context) => news.Hear(context, context.Message.PressEventId);
    public Task Consume(ConsumeContext<PressEventRevised> context) => news.Hear(context, context.Message.PressEventId);
    public Task Consume(ConsumeContext<PressEventRescheduled> context) => news.Hear(context, context.Message.PressEventId);
    public Task Consume(ConsumeContext<PressEventPostponed> context) => news.Hear(context, context.Message.PressEventId);
    public Task Consume(ConsumeContext<PressEventCancelled> context) => news.Hear(context, context.Message.PressEventId);
    public Task Consume(ConsumeContext<PressEventWithdrawn> context) => news.Hear(context, context.Message.PressEventId);
    public Task Consume(ConsumeContext<PressEventStarted> context) => news.Hear(context, context.Message.PressEventId);
    public Task Consume(ConsumeContext<PressEventConcluded> context) => news.Hear(context, context.Message.PressEventId);
    public Task Consume(ConsumeContext<PressEventMaterialsPublished> context) => news.Hear(context, context.Message.PressEventId);
    public Task Consume(ConsumeContext<BroadcastWentOnAir> context) => news.Hear(context, context.Message.PressEventId);
    public Task Consume(ConsumeContext<BroadcastEnded> context) => news.Hear(context, context.Message.PressEventId);
}

/// <summary>An answer cleared for everybody becomes one draft of its holder; Inquiries clears an answer once and takes nothing back.</summary>
public sealed class WhenAnswerDisclosed(News news) : IConsumer<AnswerDisclosed>
{
    public Task Consume(ConsumeContext<AnswerDisclosed> context) =>
        news.Draft(context, "disclosure:" + context.Message.DisclosureId, (id, now) => CauseDecider.Draft(id, context.Message, now));
}
