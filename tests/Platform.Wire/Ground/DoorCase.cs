using Grpc.Core;
using Grpc.Net.Client;

namespace Platform.Wire.Ground;

/// <summary>A refused command as REST and as gRPC say it; <paramref name="Call"/> null: only REST has this door.</summary>
public sealed record DoorCase(string Name, int Status, string Code, StatusCode Grpc, string? Token, string Path, object Json, long? Version, Func<GrpcChannel, Metadata, Task>? Call)
{
    /// <summary>Asks each at both doors and tells of all that differ.</summary>
    public static async Task Ask(ServiceProcess service, IEnumerable<DoorCase> cases)
    {
        List<string> wrong = [];
        using var channel = GrpcChannel.ForAddress(service.Grpc);
        foreach (var c in cases)
        {
            var rest = await Wire.As(service, c.Token).Post(c.Path, c.Json is System.Text.Json.Nodes.JsonNode node ? node.ToJsonString() : c.Json, c.Version);
            wrong.AddRange((rest.Status, rest.Code) == (c.Status, c.Code) ? [] : [$"{c.Name} by REST: {rest.Status} {rest.Body}"]);
            if (c.Call is null)
            {
                continue;
            }

            var grpc = await Assert.ThrowsAsync<RpcException>(() => c.Call(channel, Tokens.Headers(c.Token)));
            // without a token ASP.NET answers before any interceptor: the status is all there is
            var reason = grpc.GetRpcStatus()?.GetDetail<Google.Rpc.ErrorInfo>()?.Reason ?? (grpc.StatusCode == StatusCode.Unauthenticated ? "unauthenticated" : null);
            wrong.AddRange((grpc.StatusCode, reason) == (c.Grpc, c.Code) ? [] : [$"{c.Name} by gRPC: {grpc.StatusCode} {reason}, not {c.Grpc} {c.Code}"]);
        }

        Assert.Empty(wrong);
    }
}
