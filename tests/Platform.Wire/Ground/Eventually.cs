using System.Diagnostics;

namespace Platform.Wire.Ground;

/// <summary>Waiting is asking again until it is so or the time is up; never a bare sleep.</summary>
public static class Eventually
{
    public static async Task<T> Get<T>(string what, Func<Task<T>> ask, Func<T, bool> isSo, double seconds = 15)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var (answer, fault) = await Try(ask);
            if (fault is null && isSo(answer!))
            {
                return answer!;
            }

            if (clock.Elapsed.TotalSeconds > seconds)
            {
                throw new TimeoutException($"Not within {seconds} s: {what}. Last: {fault?.Message ?? answer?.ToString()}", fault);
            }

            await Task.Delay(25);
        }
    }

    public static Task So(string what, Func<Task<bool>> ask, double seconds = 15) => Get(what, ask, yes => yes, seconds);

    public static Task So(string what, Func<bool> ask, double seconds = 15) => Get(what, () => Task.FromResult(ask()), yes => yes, seconds);

    /// <summary>A door that is not there yet is an answer too.</summary>
    private static async Task<(T? Answer, Exception? Fault)> Try<T>(Func<Task<T>> ask)
    {
        try
        {
            return (await ask(), null);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or Npgsql.NpgsqlException or TaskCanceledException
            or RabbitMQ.Client.Exceptions.RabbitMQClientException or Grpc.Core.RpcException)
        {
            return (default, fault);
        }
    }
}
