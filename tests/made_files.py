"""Real files as people have them, made here: PDF, Word, mail, saved page, photo of a page at an angle."""

import io
import zipfile
from email.message import EmailMessage
from functools import lru_cache

import docx
import matplotlib
from docx.shared import Pt
from fpdf import FPDF
from PIL import Image, ImageDraw, ImageFilter, ImageFont

FONTS = f"{matplotlib.get_data_path()}/fonts/ttf"  # DejaVu, which matplotlib brings along on every machine
SERIF, SANS, BOLD = "DejaVuSerif", "DejaVuSans", "DejaVuSans-Bold"
PAGE = (1000, 1414)  # pixels of a page of A4
INK, PAPER, TABLE = "#1d1d26", "#fdfbf4", "#6d6458"


def font(name, size):
    """Return a font of `size` pixels."""
    return ImageFont.truetype(f"{FONTS}/{name}.ttf", size)


def wrap(text, fitting, width):
    """Return the lines of a text that fit into so many pixels."""
    lines, line = [], ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and fitting.getlength(longer) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line]


def draw_page(title, columns, *, face=SANS, size=24, paper=PAPER, ink=INK):
    """Return the picture of a page: a title over columns of paragraphs. An item that begins with "•" is one of a list."""
    page = Image.new("RGB", PAGE, paper)
    pen, down = ImageDraw.Draw(page), 70
    heading, body = font(BOLD, int(size * 1.7)), font(face, size)
    for line in wrap(title, heading, PAGE[0] - 140):
        pen.text((70, down), line, font=heading, fill=ink)
        down += int(size * 2.2)
    width = (PAGE[0] - 140 - 50 * (len(columns) - 1)) // len(columns)
    for place, paragraphs in enumerate(columns):
        top = down + size
        for text, after in zip(paragraphs, [*paragraphs[1:], ""], strict=True):
            for line in wrap(text, body, width):
                pen.text((70 + place * (width + 50), top), line, font=body, fill=ink)
                top += int(size * 1.45)
            top += 0 if text.startswith("•") and after.startswith("•") else size
    return page


def photograph(page, *, degrees=5.0, quarter_turns=0, blur=0.6):
    """Return the page as a phone sees it on a table: at an angle, in uneven light, a little blurred."""
    photo = Image.new("RGB", (1300, 1750), TABLE)
    photo.paste(page.resize((920, 1300), Image.Resampling.LANCZOS), (190, 220))
    photo = photo.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=TABLE)
    light = Image.linear_gradient("L").resize(photo.size).point(lambda value: 195 + value // 5)
    photo = Image.composite(photo, Image.new("RGB", photo.size, "black"), light)
    turned = photo.filter(ImageFilter.GaussianBlur(blur)).rotate(90 * quarter_turns, expand=True)
    return turned


def as_bytes(picture, kind="JPEG", **options):
    """Return a picture as a file."""
    made = io.BytesIO()
    picture.save(made, kind, **options)
    return made.getvalue()


def pdf_of(pages, *, password="", columns=1, script="", face=SANS, size=12):
    """Return a PDF with these pages of text, one paragraph a line."""
    made = FPDF(format="A4")
    made.add_font("Face", fname=f"{FONTS}/{face}.ttf")
    made.set_font("Face", size=size)
    if password:
        made.set_encryption(owner_password="owner", user_password=password)
    for text in pages:
        made.add_page()
        with made.text_columns(text=text, ncols=columns, gutter=10, line_height=1.3):
            pass
    if script:
        action = b"/OpenAction << /S /JavaScript /JS (" + script.encode() + b") >>"
        return bytes(made.output()).replace(b"/Type /Catalog", b"/Type /Catalog " + action)
    return bytes(made.output())


def scan_of(pages):
    """Return a PDF that holds only pictures of pages, as a scanner makes it."""
    made = io.BytesIO()
    pages[0].save(made, "PDF", save_all=True, append_images=pages[1:], resolution=120)
    return made.getvalue()


def word_of(paragraphs, table=()):
    """Return a Word file; a paragraph that begins with "•" becomes an item of a list."""
    made = docx.Document()
    for text in paragraphs:
        made.add_paragraph(text.lstrip("• "), style="List Bullet" if text.startswith("•") else None)
    if table:
        cells = made.add_table(rows=0, cols=len(table[0]))
        for row in table:
            for cell, text in zip(cells.add_row().cells, row, strict=True):
                cell.text = text
    made.styles["Normal"].font.size = Pt(11)
    return _saved(made)


def _saved(made):
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def mail_of(subject, text="", html=""):
    """Return a mail as a program saves it, with its text, its HTML or both."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "Clinic <info@clinic.invalid>", "me@home.invalid", subject
    made["Date"] = "Mon, 02 Nov 2026 10:00:00 +0000"
    made.set_content(text or "see the other part")
    if html and not text:
        made.set_content(html, subtype="html")
    elif html:
        made.add_alternative(html, subtype="html")
    return made.as_bytes()


def zip_bomb():
    """Return what calls itself a Word file, and unpacks to 300 MB."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b" " * 300_000_000)
    return target.getvalue()


def cat():
    """Return a picture of a cat, as far as a script can draw one."""
    picture = Image.new("RGB", (900, 700), "#9ec7a0")
    pen = ImageDraw.Draw(picture)
    fur = "#8a6a4f"
    pen.ellipse((250, 250, 650, 600), fill=fur)
    for left in (270, 520):
        pen.polygon([(left, 330), (left + 50, 160), (left + 110, 300)], fill=fur)
        pen.ellipse((left + 40, 360, left + 90, 410), fill="#e8d44d")
        pen.ellipse((left + 58, 370, left + 72, 400), fill="black")
    pen.polygon([(430, 460), (470, 460), (450, 485)], fill="#d98f8f")
    for shift in (0, 14, 28):
        pen.line((180, 440 + shift, 400, 470 + shift // 2), fill="#efe8dd", width=3)
        pen.line((500, 470 + shift // 2, 720, 440 + shift), fill="#efe8dd", width=3)
    return picture


@lru_cache(maxsize=1)
def handwriting():
    """Return a page of scribble: loops and strokes as of a hurried hand, which nobody can read."""
    picture = Image.new("RGB", (1000, 800), PAPER)
    pen = ImageDraw.Draw(picture)
    seed = 7
    for row in range(8):
        at = (80.0, 110.0 + 80 * row)
        for _ in range(70):
            seed = (1103515245 * seed + 12345) % 2**31
            to = (at[0] + 4 + seed % 13, 110.0 + 80 * row + (seed // 64) % 37 - 18)
            pen.line((*at, *to), fill="#22306e", width=4)
            at = to
    return picture
