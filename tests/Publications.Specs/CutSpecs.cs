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

/// <summary>What a file says of itself: how it is turned counts, who made it is evidence, where it was taken goes nowhere.</summary>
public class A_file_with_labels
{
    /// <summary>EXIF, big-endian: orientation, artist, copyright, when it was taken, and a place.</summary>
    static byte[] Exif(int orientation)
    {
        byte[] artist = [.. "A. Photographer\0"u8], rights = [.. "Agency, 2026\0"u8], taken = [.. "2026:11:28 10:00:00\0"u8];
        var (afterIfd, parts) = (8 + 2 + 5 * 12 + 4, new MemoryStream());
        byte[] Number(int n, int bytes) => [.. BitConverter.GetBytes(n).Take(bytes).Reverse()];
        byte[] Entry(int tag, int type, int count, byte[] value) => [.. Number(tag, 2), .. Number(type, 2), .. Number(count, 4), .. value];
        int Put(byte[] bytes)
        {
            var at = afterIfd + (int)parts.Length;
            parts.Write(bytes);
            return at;
        }

        byte[] places = [.. Entry(0x8298, 2, rights.Length, Number(Put(rights), 4)), .. Entry(0x8769, 4, 1, Number(Put([0, 1, .. Entry(0x9003, 2, taken.Length, Number(Put(taken), 4)), 0, 0, 0, 0]), 4)),
            .. Entry(0x8825, 4, 1, Number(Put([0, 1, .. Entry(1, 2, 2, [.. "N\0\0\0"u8]), 0, 0, 0, 0]), 4))];
        byte[] ifd = [0, 5, .. Entry(0x0112, 3, 1, [0, (byte)orientation, 0, 0]), .. Entry(0x013B, 2, artist.Length, Number(Put(artist), 4)), .. places, 0, 0, 0, 0];
        return [.. "Exif\0\0MM\0*"u8, 0, 0, 0, 8, .. ifd, .. parts.ToArray()];
    }

    /// <summary>Stored 40 wide and 20 high, in quarters: red and blue above, green and white below.</summary>
    static byte[] Stored(SKEncodedImageFormat format)
    {
        using var bitmap = new SKBitmap(40, 20);
        using var canvas = new SKCanvas(bitmap);
        foreach (var (colour, x, y) in new[] { (SKColors.Red, 0, 0), (SKColors.Blue, 20, 0), (SKColors.Lime, 0, 10), (SKColors.White, 20, 10) })
        {
            using var paint = new SKPaint { Color = colour };
            canvas.DrawRect(x, y, 20, 10, paint);
        }

        return bitmap.Encode(format, 100).ToArray();
    }

    static byte[] Photograph(int orientation) => Stored(SKEncodedImageFormat.Jpeg) is var plain && Exif(orientation) is var exif
        ? [.. plain[..2], 0xFF, 0xE1, (byte)((exif.Length + 2) >> 8), (byte)(exif.Length + 2), .. exif, .. plain[2..], .. "trailer with GPS"u8] : [];

    static bool Holds(byte[] file, string words) => file.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(words)) >= 0;
    static MediaUploaded Seen(byte[] file) => UploadMediaHandler.Seen(GivenMedia.Uploaded with { Width = 40, Height = 20, Sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(file)) }, file);
    [Fact] public void keeps_what_they_say_as_evidence() => Assert.Equal(new FileLabels("A. Photographer", null, "Agency, 2026", "2026:11:28 10:00:00"), Seen(Photograph(1)).Labels);
    [Fact] public void without_any_says_nothing() => Assert.Equal((null, null), (Seen(Stored(SKEncodedImageFormat.Jpeg)).Labels, Seen(Stored(SKEncodedImageFormat.Jpeg)).BareSha256));
    [Fact] public void that_is_no_file_says_nothing() => Assert.Null(FileLabels.Read([0xFF, 0xD8, 0xFF, 0xE1, 0, 9, 1, 2, 3]));

    [Theory, InlineData(1, 40, 20), InlineData(3, 40, 20), InlineData(6, 20, 40), InlineData(8, 20, 40)]
    public void has_the_size_that_it_is_seen_in(int orientation, int width, int height) => Assert.Equal((width, height), (Seen(Photograph(orientation)).Width, Seen(Photograph(orientation)).Height));

    /// <summary>By the standard: where the stored picture's first row and first column are seen.</summary>
    [Theory]
    [InlineData(1, "red", "blue")]
    [InlineData(2, "blue", "red")]
    [InlineData(3, "white", "green")]
    [InlineData(4, "green", "white")]
    [InlineData(5, "red", "green")]
    [InlineData(6, "green", "red")]
    [InlineData(7, "white", "blue")]
    [InlineData(8, "blue", "white")]
    public void is_cut_as_it_is_seen(int orientation, string aboveLeft, string aboveRight)
    {
        var (file, width, height) = (Photograph(orientation), orientation < 5 ? 40 : 20, orientation < 5 ? 20 : 40);
        string Seen(int x)
        {
            using var cut = SKBitmap.Decode(RegistryMedia.Cut(file, new(x - 2, height / 4 - 2, 4, 4), "image/jpeg").Bytes);
            var c = cut.GetPixel(2, 2);
            return (c.Red > 128, c.Green > 128, c.Blue > 128) switch { (true, true, true) => "white", (true, false, false) => "red", (false, true, false) => "green", (false, false, true) => "blue", _ => c.ToString() };
        }

        Assert.Equal((aboveLeft, aboveRight), (Seen(width / 4), Seen(width * 3 / 4)));
    }

    [Theory, InlineData(1), InlineData(6)]
    public void goes_out_without_place_and_names_and_turned_as_it_was(int orientation)
    {
        var (file, bare) = (Photograph(orientation), BareBytes.Of(Photograph(orientation), "image/jpeg"));
        Assert.Equal((true, true), (Holds(file, "Photographer"), Holds(file, "GPS")));
        Assert.Equal((false, false, null), (Holds(bare, "Photographer"), Holds(bare, "GPS"), FileLabels.Read(bare)));
        Assert.DoesNotContain(MetadataExtractor.ImageMetadataReader.ReadMetadata(new MemoryStream(bare)), d => d is MetadataExtractor.Formats.Exif.GpsDirectory);
        Assert.Equal((SKEncodedOrigin)orientation, Upright.Of(bare));
        using SKBitmap before = SKBitmap.Decode(file), after = SKBitmap.Decode(bare);
        Assert.Equal(before.Bytes, after.Bytes); // not one pixel is another
        Assert.Equal(bare, BareBytes.Of(bare, "image/jpeg"));
    }

    [Fact]
    public void of_png_goes_out_without_them()
    {
        var plain = Stored(SKEncodedImageFormat.Png);
        byte[] Chunk(string name, byte[] said) => [0, 0, 0, (byte)said.Length, .. System.Text.Encoding.ASCII.GetBytes(name), .. said, 0, 0, 0, 0];
        Assert.Equal(plain, BareBytes.Of([.. plain[..33], .. Chunk("tEXt", [.. "GPS\051"u8]), .. plain[33..]], "image/png"));
    }

    [Fact]
    public void of_webp_goes_out_without_them()
    {
        var plain = Stored(SKEncodedImageFormat.Webp);
        byte[] labelled = [.. plain, .. "EXIF"u8, 4, 0, 0, 0, 1, 2, 3, 4];
        BitConverter.TryWriteBytes(labelled.AsSpan(4), labelled.Length - 8);
        Assert.Equal(plain, BareBytes.Of(labelled, "image/webp"));
    }

    [Fact]
    public void of_gif_goes_out_without_them()
    {
        byte[] head = [.. "GIF89a"u8, 1, 0, 1, 0, 0x80, 0, 0, 255, 0, 0, 0, 0, 255], picture = [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3B];
        Assert.Equal([.. head, .. picture], BareBytes.Of([.. head, 0x21, 0xFE, 3, .. "GPS"u8, 0, .. picture], "image/gif"));
    }

    [Fact]
    public void of_a_film_goes_out_without_them_and_with_everything_in_its_place()
    {
        byte[] Box(string name, params byte[] held) => [0, 0, 0, (byte)(8 + held.Length), .. System.Text.Encoding.ASCII.GetBytes(name), .. held];
        byte[] Film(byte[] said) => [.. Box("ftyp", [.. "isom\0\0\0\0"u8]), .. Box("moov", [.. Box("mvhd", 1, 2), .. said]), .. Box("mdat", 7, 7, 7)];
        Assert.Equal(Film(Box("free", new byte[10])), BareBytes.Of(Film(Box("udta", [.. "+43.2+76.9"u8])), "video/mp4"));
    }

    [Theory, InlineData("image/png"), InlineData("image/webp"), InlineData("image/gif"), InlineData("video/mp4"), InlineData("image/jpeg")]
    public void that_breaks_off_stays_what_it_was(string type)
    {
        byte[] torn = [0xFF, 0xD8, 0xFF, 0xE0, 0, 200, 1, 2, 3, 4, 0, 0, 9, 9, 9, 9, 9, 9, 9, 9];
        Assert.Equal(torn.Length, BareBytes.Of(torn, type).Length);
    }
}
