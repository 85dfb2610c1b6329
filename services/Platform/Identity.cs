using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Platform;

/// <summary>The roles of the outer contract; a token may carry several.</summary>
public static class Roles
{
    public const string Egov = "egov", Officer = "officer", Head = "head", Editor = "editor", Approver = "approver", Accreditor = "accreditor",
        Moderator = "moderator", Journalist = "journalist", Speaker = "speaker", Auditor = "auditor", Admin = "admin";

    /// <summary>Another service of the platform, on its own behalf.</summary>
    public const string Service = "service";

    public static readonly string[] All =
        [Egov, Officer, Head, Editor, Approver, Accreditor, Moderator, Journalist, Speaker, Auditor, Admin, Service];
}

/// <summary>Who acts, read from the token and never from a body. <paramref name="Body"/> is a holder code of holders.csv.</summary>
public sealed record Caller(string Id, string Name, string? Body, IReadOnlySet<string> Roles)
{
    public static readonly Caller Anonymous = new("anonymous", "anonymous", null, new HashSet<string>());

    /// <summary>A service acting on a message, not on anybody's order.</summary>
    public static Caller Service(string name) => new("service:" + name, name, null, new HashSet<string>());

    public bool Is(string role) => Roles.Contains(role);
    public bool ActsFor(string body) => Body == body;

    /// <summary>Officials see their own body's things, auditors everybody's; for all others such a thing is unknown.</summary>
    public bool Sees(string body) => ActsFor(body) || Is(Platform.Roles.Auditor);

    public static Caller From(ClaimsPrincipal? user) => user?.Identity is not { IsAuthenticated: true } ? Anonymous : new(
        user.FindFirstValue("sub") ?? "unnamed", user.FindFirstValue("name") ?? user.FindFirstValue("sub") ?? "unnamed",
        user.FindFirstValue("body"), user.FindAll("role").Concat(user.FindAll("roles")).Select(c => c.Value).ToHashSet());
}

/// <summary>Where tokens come from: <c>Authority</c> is an OpenID Connect issuer; without it, in development, the key of this machine.</summary>
public sealed record AuthOptions
{
    public string? Authority { get; init => field = string.IsNullOrWhiteSpace(value) ? null : value; }
    public string Audience { get; init; } = "platform";

    /// <summary>Where this service gets tokens of its own to call its peers (OAuth 2.0 client credentials), as whom.</summary>
    public Uri? TokenUrl { get; init; }
    public string? ClientId { get; init; }
    public string? ClientSecret { get; init; }
}

public static class Identity
{
    public const string DevelopmentIssuer = "platform-development";

    /// <summary>The development signing key (ECDSA P-256), made at first use in the secrets folder; two processes at once get the same one.</summary>
    public static ECDsaSecurityKey DevelopmentKey(string secretsFolder)
    {
        var pem = SecretFile.ReadOrCreate(Path.Combine(secretsFolder, "development-signing-key.pem"), () =>
        {
            using var fresh = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            return fresh.ExportPkcs8PrivateKeyPem();
        });
        var key = ECDsa.Create();
        key.ImportFromPem(pem);
        return new(key) { KeyId = "development" };
    }

    /// <summary>A token of this machine's key (ES256), which only development takes; <paramref name="seconds"/> may be negative, to try an expired one.</summary>
    public static string DevelopmentToken(string secretsFolder, string name, IReadOnlyCollection<string> roles, string? body, int seconds)
    {
        var now = DateTime.UtcNow;
        var claims = new Dictionary<string, object> { ["sub"] = name, ["name"] = name, ["role"] = roles.ToArray() };
        if (body is not null)
        {
            claims["body"] = body;
        }

        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = DevelopmentIssuer,
            Audience = new AuthOptions().Audience,
            IssuedAt = now,
            NotBefore = now.AddSeconds(Math.Min(0, seconds) - 60),
            Expires = now.AddSeconds(seconds),
            Claims = claims,
            SigningCredentials = new(DevelopmentKey(secretsFolder), SecurityAlgorithms.EcdsaSha256),
        });
    }

    public static void AddIdentity(this IServiceCollection services, AuthOptions auth, string secretsFolder, bool development)
    {
        if (auth.Authority is null && !development)
        {
            throw new InvalidOperationException("Auth:Authority is not set: outside development tokens come from an OpenID Connect issuer.");
        }

        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(jwt =>
        {
            jwt.MapInboundClaims = false;
            jwt.TokenValidationParameters = new() { ValidAudience = auth.Audience, ClockSkew = auth.Authority is null ? TimeSpan.Zero : TimeSpan.FromSeconds(30), NameClaimType = "name" };
            if (auth.Authority is not null)
            {
                jwt.Authority = auth.Authority;
                return;
            }

            jwt.TokenValidationParameters.ValidIssuer = DevelopmentIssuer;
            jwt.TokenValidationParameters.IssuerSigningKey = DevelopmentKey(secretsFolder);
            jwt.TokenValidationParameters.ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256];
        });
        services.AddAuthorization();
        services.AddHttpContextAccessor();
    }

    /// <summary>The policy of a door: any of these roles; 401 without a token, 403 with another role.</summary>
    public static TBuilder ForRoles<TBuilder>(this TBuilder door, params string[] roles) where TBuilder : Microsoft.AspNetCore.Builder.IEndpointConventionBuilder =>
        Microsoft.AspNetCore.Builder.AuthorizationEndpointConventionBuilderExtensions.RequireAuthorization(door, p => p.RequireAuthenticatedUser().AddRequirements(new AnyRole(roles)));

    /// <summary>The same check inside a handler that serves both doors.</summary>
    public static void Demand(this Caller caller, params string[] roles)
    {
        if (!roles.Any(caller.Is))
        {
            throw caller == Caller.Anonymous ? new RefusedException(RefusalKind.Unauthenticated, "unauthenticated", "A token is needed.")
                : Refused.Forbidden("forbidden", $"This needs a role of: {string.Join(", ", roles)}.");
        }
    }

    private sealed class AnyRole(string[] roles) : AuthorizationHandler<AnyRole>, IAuthorizationRequirement
    {
        protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, AnyRole requirement)
        {
            if (roles.Any(Caller.From(context.User).Is))
            {
                context.Succeed(requirement);
            }

            return Task.CompletedTask;
        }
    }
}
