using System.Text;
using Platform;

namespace PressEvents;

/// <summary>The page behind the link of a letter: the code stands after the #, which no browser sends, and goes to the doors in their header.</summary>
public static class InvitationPage
{
    private static readonly byte[] Html = Encoding.UTF8.GetBytes(Store.Script(typeof(InvitationPage).Assembly, "invitation.html"));

    public static string Link(FeedAddress address, Guid id, string code) => $"{address.Root.TrimEnd('/')}/invitations/{id}#{code}";

    public static void MapInvitationPage(this IEndpointRouteBuilder app) => app.MapGet("/invitations/{id:guid}", (Guid id, HttpResponse reply) => reply.PageOfLink(Html))
        .RequireRateLimiting(Service.AnonymousLimit).WithTags("Speakers").WithSummary("The page behind an invitation's link, in kk and ru; what it does goes through the speaker's door.");
}
