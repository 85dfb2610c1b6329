using MassTransit;

namespace Publications;

/// <summary>Direct dialogue: what comes back from channels, its owners and terms, replies, and what becomes a request in Inquiries.</summary>
public static class DialogueComposition
{
    public static void AddDialogue(this WebApplicationBuilder builder)
    {
        builder.AddHandingOver("publications");
        builder.Services.AddSingleton<InboxSecrets>();
        builder.Services.AddSingleton(builder.Configuration.GetSection("Inbox").Get<InboxOptions>() ?? new())
            .AddScoped<ReceiveInboxHandler>().AddScoped<InboxCommands>().AddScoped<ReplyToInboxItemHandler>().AddScoped<DecideReplyOutcomeHandler>().AddScoped<MakeInquiryHandler>()
            .AddScoped<InboxReads>().AddScoped<IHandedOver, InboxHandedOver>().AddScoped<ReplyCalls>().AddSingleton<ReplyClaims>().AddHostedService<ReplyReleaser>();
    }

    public static void AddDialogue(this IBusRegistrationConfigurator bus) => bus.AddConsumer<WhenInquiryRegistered>();

    public static void Register(Marten.StoreOptions options)
    {
        InboxStore.Register(options);
        HandOverStore.Register(options);
    }

    public static void MapDialogue(this WebApplication app)
    {
        app.MapReceiveInbox();
        app.MapAssignInboxItem();
        app.MapTagInboxItem();
        app.MapReplyToInboxItem();
        app.MapDecideReplyOutcome();
        app.MapMakeInquiry();
        app.MapCloseInboxItem();
        app.MapInboxReads();
        app.MapHandOvers();
    }
}
