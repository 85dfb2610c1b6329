using SkiaSharp;

namespace Publications.Specs;

/// <summary>A crop leaves nothing of what lies outside it.</summary>
public class A_picture_that_is_cut
{
    /// <summary>Left half red, right half blue.</summary>
    static byte[] Picture()
    {
        using var bitmap = new SKBitmap(40, 20);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.Red);
        using var blue = new SKPaint { Color = SKColors.Blue };
        canvas.DrawRect(20, 0, 20, 20, blue);
        return bitmap.Encode(SKEncodedImageFormat.Png, 100).ToArray();
    }

    [Fact]
    public void has_the_crops_size_and_none_of_the_rest()
    {
        var (type, bytes) = RegistryMedia.Cut(Picture(), new(20, 5, 15, 10), "image/png");
        using var cut = SKBitmap.Decode(bytes);
        Assert.Equal(("image/png", 15, 10), (type, cut.Width, cut.Height));
        Assert.All(cut.Pixels, pixel => Assert.Equal(SKColors.Blue, pixel));
    }

    [Fact] public void of_a_photograph_is_a_photograph() => Assert.Equal("image/jpeg", RegistryMedia.Cut(Picture(), new(0, 0, 10, 10), "image/jpeg").MediaType);
    [Theory, InlineData(30, 0, 11, 20), InlineData(0, 15, 10, 6)] public void beyond_its_edge_does_not_go_out(int x, int y, int width, int height) => Assert.Null(RegistryMedia.Cut(Picture(), new(x, y, width, height), "image/png").Bytes);
    [Fact] public void from_a_film_does_not_go_out() => Assert.Null(RegistryMedia.Cut([0, 0, 0, 24, 102, 116, 121, 112], new(0, 0, 1, 1), "video/mp4").Bytes);
}
