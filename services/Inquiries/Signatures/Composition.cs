namespace Inquiries;

public static class SignatureServices
{
    public static void AddSignatures(this WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection("Signatures").Get<SignatureOptions>() ?? new();
        if (options.Mode != SignatureMode.Off && options.Url is null)
        {
            throw new InvalidOperationException("Signatures:Url is missing: who verifies signatures?");
        }

        builder.Services.AddSingleton(options).AddSingleton<SignatureChecks>().AddScoped<SignedForms>();
        builder.Services.AddSingleton(provider => new SignatureVerifier(new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(2),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
        { MaxResponseContentBufferSize = 1024 * 1024 }, options, provider.GetRequiredService<TimeProvider>()));
        if (options.Mode != SignatureMode.Off)
        {
            builder.Services.AddHostedService<SignatureWorker>();
        }
    }
}
