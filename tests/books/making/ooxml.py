"""Zips a DOCX by hand as Word writes it: runs cut in pieces, fields, changes, notes, text boxes, hidden words."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape

from tests.books.making.epub import zipped

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'mc:Ignorable="w14"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Binhthng"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="u1"><w:name w:val="heading 1"/><w:basedOn w:val="Binhthng"/>'
    '<w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="u2"><w:name w:val="heading 2"/><w:basedOn w:val="Binhthng"/>'
    '<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Tiu"><w:name w:val="Title"/><w:basedOn w:val="Binhthng"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Mucluc1"><w:name w:val="toc 1"/><w:basedOn w:val="Binhthng"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="TenChuong"><w:name w:val="Ten Chuong"/><w:basedOn w:val="u1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="VnbanCcchu"><w:name w:val="footnote text"/></w:style>'
)


@dataclass(frozen=True, slots=True)
class Docx:
    """A document to be zipped: the body's XML and the notes', comments', headers' beside it."""

    body: str
    facts: dict[str, str] = field(default_factory=dict)
    more: dict[str, str] = field(default_factory=dict)
    """Names of further parts of word/ with the XML inside their root: footnotes, endnotes, comments, header1, footer1."""
    media: dict[str, bytes] = field(default_factory=dict)

    def zipped(self) -> bytes:
        """Return the file."""
        roots = {"header1": "hdr", "footer1": "ftr"}
        kinds = {"header1": "header", "footer1": "footer"}
        override = "".join(
            f'<Override PartName="/word/{name}.xml" ContentType="{KIND}.{kinds.get(name, name)}+xml"/>'
            for name in self.more
        )
        relations = "".join(
            f'<Relationship Id="r{name}" Type="{RELATION}/{kinds.get(name, name)}" Target="{name}.xml"/>'
            for name in ("styles", *self.more)
        ) + "".join(
            f'<Relationship Id="m{n}" Type="{RELATION}/image" Target="media/{name}"/>'
            for n, name in enumerate(self.media)
        )
        marks = "".join(
            f'<w:{kinds[name]}Reference w:type="default" r:id="r{name}"/>' for name in self.more if name in kinds
        )
        facts = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in self.facts.items())
        files = {
            "[Content_Types].xml": HEAD + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
            f'<Override PartName="/word/document.xml" ContentType="{KIND}.document.main+xml"/>'
            f'<Override PartName="/word/styles.xml" ContentType="{KIND}.styles+xml"/>{override}'
            '<Override PartName="/docProps/core.xml" '
            'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>',
            "_rels/.rels": HEAD + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{RELATION}/officeDocument" Target="word/document.xml"/>'
            '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/'
            'core-properties" Target="docProps/core.xml"/></Relationships>',
            "docProps/core.xml": HEAD
            + '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
            f'xmlns:dc="http://purl.org/dc/elements/1.1/">{facts}</cp:coreProperties>',
            "word/document.xml": f"{HEAD}<w:document {SPACES}><w:body>{self.body}<w:sectPr>{marks}</w:sectPr>"
            "</w:body></w:document>",
            "word/styles.xml": f"{HEAD}<w:styles {SPACES}>{STYLES}</w:styles>",
            "word/_rels/document.xml.rels": HEAD
            + f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}'
            "</Relationships>",
        }
        for name, inside in self.more.items():
            root = roots.get(name, name)
            files[f"word/{name}.xml"] = f"{HEAD}<w:{root} {SPACES}>{inside}</w:{root}>"
        made = {name: text.encode() for name, text in files.items()}
        return zipped(made | {f"word/media/{name}": data for name, data in self.media.items()})


def run(text: str, properties: str = "") -> str:
    """Return a run; a tab and a line end become Word's own."""
    shown = escape(text).replace("\n", '</w:t><w:br/><w:t xml:space="preserve">').replace("\t", "</w:t><w:tab/><w:t>")
    inner = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inner}<w:t xml:space="preserve">{shown}</w:t></w:r>'


def paragraph(runs: str, style: str = "", more: str = "") -> str:
    """Return a paragraph of runs."""
    properties = (f'<w:pStyle w:val="{style}"/>' if style else "") + more
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{runs}</w:p>"


def pieces(text: str) -> str:
    """Return text in runs as Word cuts it: at spelling marks, at bookmarks, in the midst of words."""
    third = max(1, len(text) // 3)
    return (
        run(text[:third])
        + '<w:proofErr w:type="spellStart"/>'
        + run(text[third : 2 * third], '<w:lang w:val="vi-VN"/>')
        + '<w:proofErr w:type="spellEnd"/><w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/>'
        + run(text[2 * third :])
    )
