using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Inquiries.V1;

namespace Benchmarks;

/// <summary>One request read by REST and by gRPC, each against a bare endpoint that gives one jsonb row behind the same token check.</summary>
public static class ReadBench
{
    private static readonly Method<GetRequest, Inquiry> Get = new(MethodType.Unary, "platform.inquiries.v1.Inquiries", "Get", Marshaller(GetRequest.Parser), Marshaller(Inquiry.Parser));

    public static async Task Run(Bench bench)
    {
        List<(Guid Id, string Body)> there = [];
        for (var i = 0; i < 200; i++)
        {
            var holder = bench.Holding[i % bench.Holding.Length];
            there.Add((Guid.Parse((await bench.Receive(holder))!["inquiryId"]!.ToString()), holder));
        }

        (Guid Id, string Body) Any() => there[Random.Shared.Next(there.Count)];
        await Load.Warm(16, () => Rest(bench, bench.Service, "/v1/inquiries/", Any()), () => Rest(bench, bench.Floor, "/floor/inquiries/", Any()));
        foreach (var clients in new[] { 16, 64 })
        {
            Bench.Tell($"read one request by REST, {clients} clients",
                await Load.Pair(clients, bench.Seconds, () => Rest(bench, bench.Service, "/v1/inquiries/", Any()), () => Rest(bench, bench.Floor, "/floor/inquiries/", Any())), 0.8);
        }

        var (ours, floor) = (Channels(bench.ServiceGrpc), Channels(bench.FloorGrpc));
        await Load.Warm(16, () => ByGrpc(bench, ours, Any()), () => ByGrpc(bench, floor, Any()));
        foreach (var clients in new[] { 16, 64 })
        {
            Bench.Tell($"read one request by gRPC, {clients} clients",
                await Load.Pair(clients, bench.Seconds, () => ByGrpc(bench, ours, Any()), () => ByGrpc(bench, floor, Any())), 0.8);
        }
    }

    private static async Task<bool> Rest(Bench bench, Uri service, string path, (Guid Id, string Body) request)
    {
        using var ask = new HttpRequestMessage(HttpMethod.Get, new Uri(service, path + request.Id));
        ask.Headers.Authorization = new("Bearer", bench.Tokens[request.Body]);
        using var reply = await bench.Http.SendAsync(ask);
        return reply.IsSuccessStatusCode && (await reply.Content.ReadAsByteArrayAsync()).Length > 100;
    }

    private static async Task<bool> ByGrpc(Bench bench, GrpcChannel[] channels, (Guid Id, string Body) request)
    {
        using var call = channels[Random.Shared.Next(channels.Length)].CreateCallInvoker().AsyncUnaryCall(Get, null,
            new CallOptions(new() { { "Authorization", "Bearer " + bench.Tokens[request.Body] } }, DateTime.UtcNow.AddSeconds(20)), new GetRequest { InquiryId = request.Id.ToString() });
        return (await call.ResponseAsync).CalculateSize() > 50;
    }

    /// <summary>Four connections: one HTTP/2 connection has one writer, which would be measured instead.</summary>
    private static GrpcChannel[] Channels(Uri address) => [.. Enumerable.Range(0, 4).Select(_ => GrpcChannel.ForAddress(address))];

    private static Marshaller<T> Marshaller<T>(MessageParser<T> parser) where T : IMessage<T> =>
        Marshallers.Create((message, context) => context.Complete(message.ToByteArray()), context => parser.ParseFrom(context.PayloadAsReadOnlySequence()));
}
