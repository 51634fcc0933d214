"""Draws a picture for each offering: a quiet abstract pattern in the institution's colours."""

import math
import random
from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.core.files.images import ImageFile
from PIL import Image, ImageColor, ImageDraw
from wagtail.images import get_image_model

from credentials.choices import Kind
from credentials.conf import conf
from home.demo.data_files import Record

SIZE = (1200, 630)
SCALE = 2  # drawn larger, then reduced: smooth edges
Colour = tuple[int, int, int]
Pattern = Callable[[ImageDraw.ImageDraw, random.Random, list[Colour]], None]


def make_picture(record: Record, user: Any) -> Any:
    """Draw, upload and return an offering's picture; the same record always gives the same."""
    chance = random.Random(record["reference"])
    name = "medal" if record["kind"] == Kind.DIGITAL_BADGE else SUBJECTS[record["picture"]]
    draw_pattern, description = PATTERNS[name]
    canvas = _gradient(chance)
    draw_pattern(ImageDraw.Draw(canvas), chance, _palette())
    encoded = BytesIO()
    canvas.resize(SIZE, Image.Resampling.LANCZOS).save(encoded, "JPEG", quality=88)
    encoded.seek(0)
    return get_image_model().objects.create(
        title=record["title"],
        description=description,
        file=ImageFile(encoded, name=f"{record['reference']}.jpg"),
        uploaded_by_user=user,
    )


def _palette() -> list[Colour]:
    """The main colour, the accent, and tints between them and white."""
    main, accent = (
        ImageColor.getrgb(value)[:3] for value in (conf().PRIMARY_COLOUR, conf().ACCENT_COLOUR)
    )
    white = (250, 248, 244)
    return [
        main,
        _blend(main, white, 0.25),
        _blend(main, white, 0.5),
        _blend(main, white, 0.75),
        _blend(accent, white, 0.35),
        accent,
    ]


def _blend(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _gradient(chance: random.Random) -> Image.Image:
    main, soft = _palette()[0], _palette()[2]
    slope = Image.linear_gradient("L").rotate(chance.choice([0, 90, 180, 270]))
    one, other = (Image.new("RGB", slope.size, colour) for colour in (main, soft))
    size = (SIZE[0] * SCALE, SIZE[1] * SCALE)
    return Image.composite(one, other, slope).resize(size, Image.Resampling.BILINEAR)


def _waves(draw: ImageDraw.ImageDraw, chance: random.Random, palette: list[Colour]) -> None:
    width, height = SIZE[0] * SCALE, SIZE[1] * SCALE
    for step, colour in enumerate(palette[::-1]):
        base, swing = height * (0.3 + 0.13 * step), chance.uniform(50, 120)
        phase, length = chance.uniform(0, 6), chance.uniform(500, 900)
        crest = [
            (x, base + swing * math.sin(x / length + phase) + step)
            for x in range(0, width + 20, 20)
        ]
        draw.polygon([(0, height), *crest, (width, height)], fill=colour)


def _rings(draw: ImageDraw.ImageDraw, chance: random.Random, palette: list[Colour]) -> None:
    for _index in range(9):
        x, y = chance.uniform(0, 2400), chance.uniform(0, 1260)
        colour = chance.choice(palette)
        for radius in range(60, chance.randint(200, 480), 60):
            draw.ellipse([x - radius, y - radius, x + radius, y + radius], outline=colour, width=14)


def _tiles(draw: ImageDraw.ImageDraw, chance: random.Random, palette: list[Colour]) -> None:
    side = 210
    for column in range(12):
        for row in range(6):
            left, top = column * side, row * side
            colour = chance.choice(palette)
            corners = [(left, top), (left + side, top), (left + side, top + side)]
            corners.append((left, top + side))
            del corners[chance.randrange(4)]
            if chance.random() < 0.7:  # noqa: PLR2004 (some tiles stay empty)
                draw.polygon(corners, fill=colour)


def _bars(draw: ImageDraw.ImageDraw, chance: random.Random, palette: list[Colour]) -> None:
    for index, left in enumerate(range(120, 2280, 120)):
        rise = 200 + 700 * (0.5 + 0.5 * math.sin(index / 3 + chance.uniform(0, 0.9)))
        draw.rounded_rectangle(
            [left, 1260 - rise, left + 84, 1300], radius=30, fill=chance.choice(palette[1:])
        )


def _network(draw: ImageDraw.ImageDraw, chance: random.Random, palette: list[Colour]) -> None:
    points = [(chance.uniform(80, 2320), chance.uniform(80, 1180)) for _index in range(34)]
    for point in points:
        near = sorted(points, key=lambda other: math.dist(point, other))[1:4]
        for other in near:
            draw.line([point, other], fill=palette[3], width=6)
    for x, y in points:
        radius = chance.uniform(14, 44)
        draw.ellipse([x - radius, y - radius, x + radius, y + radius], fill=chance.choice(palette))


def _leaves(draw: ImageDraw.ImageDraw, chance: random.Random, palette: list[Colour]) -> None:
    for _index in range(26):
        x, y, turn = chance.uniform(0, 2400), chance.uniform(0, 1260), chance.uniform(0, 6.3)
        length, width = chance.uniform(180, 420), chance.uniform(40, 90)
        edge = [(t / 20, math.sin(math.pi * t / 20)) for t in range(21)]
        outline = [(t * length, s * width) for t, s in edge]
        outline += [(t * length, -s * width) for t, s in reversed(edge)]
        draw.polygon(
            [
                (
                    x + a * math.cos(turn) - b * math.sin(turn),
                    y + a * math.sin(turn) + b * math.cos(turn),
                )
                for a, b in outline
            ],
            fill=chance.choice(palette),
        )


def _medal(draw: ImageDraw.ImageDraw, chance: random.Random, palette: list[Colour]) -> None:
    x, y, points = 1200, 630, chance.choice([12, 16, 20])
    star = [
        (
            x + (500 if step % 2 else 430) * math.cos(math.pi * step / points),
            y + (500 if step % 2 else 430) * math.sin(math.pi * step / points),
        )
        for step in range(2 * points)
    ]
    draw.polygon(star, fill=palette[4])
    for radius, colour in [(390, palette[0]), (350, palette[3]), (320, palette[5])]:
        draw.ellipse([x - radius, y - radius, x + radius, y + radius], fill=colour)
    draw.regular_polygon((x, y, 190), chance.choice([3, 5, 6]), fill=palette[3])


PATTERNS: dict[str, tuple[Pattern, str]] = {
    "waves": (_waves, "Layered waves running from pale blue to deep blue."),
    "rings": (_rings, "Groups of concentric rings that overlap."),
    "tiles": (_tiles, "A mosaic of triangles in blue and rust."),
    "bars": (_bars, "Rounded columns of different heights, rising and falling."),
    "network": (_network, "Dots of different sizes joined by thin lines."),
    "leaves": (_leaves, "Scattered leaf shapes in blue and rust."),
    "medal": (_medal, "A round medal with a star-shaped edge and a figure in its centre."),
}
SUBJECTS = {
    "arts": "tiles",
    "business": "bars",
    "camps": "rings",
    "computing": "network",
    "contracted": "tiles",
    "data": "bars",
    "education": "rings",
    "engineering": "tiles",
    "environment": "waves",
    "food": "leaves",
    "francais": "tiles",
    "health": "rings",
    "languages": "network",
    "public": "bars",
    "stacks": "waves",
}
