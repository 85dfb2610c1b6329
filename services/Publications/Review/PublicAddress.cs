using System.Net;
using System.Net.Sockets;

namespace Publications;

/// <summary>Which addresses are somebody's on the public network: a link in a text must not make this service knock at the state's own inner doors.</summary>
public static class PublicAddress
{
    private static readonly IPNetwork[] Others =
    [
        .. "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4"
            .Split(' ').Select(IPNetwork.Parse),
        // of IPv6 only 2000::/3 is given out; in it tunnels that carry another address, and what is for documents
        .. "2001::/23 2001:db8::/32 2002::/16 3fff::/20".Split(' ').Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork GivenOut = IPNetwork.Parse("2000::/3");

    public static bool Is(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return (plain.AddressFamily == AddressFamily.InterNetwork || GivenOut.Contains(plain)) && !Others.Any(net => net.BaseAddress.AddressFamily == plain.AddressFamily && net.Contains(plain));
    }
}
