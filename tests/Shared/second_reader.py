"""Reads a feed with other implementations than the one that wrote it and says as JSON what they understood; problems are a list of words.

Usage: second_reader.py ics|atom|ninjs FILE [SCHEMA]     needs Debian's python3-icalendar, python3-feedparser, python3-jsonschema
"""
import json
import re
import sys
import xml.etree.ElementTree as tree

ATOM, TOMBSTONE = "{http://www.w3.org/2005/Atom}", "{http://purl.org/atompub/tombstones/1.0}"
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def ics(data):
    import icalendar

    calendar = icalendar.Calendar.from_ical(data)
    problems = [str(e) for c in calendar.walk() for e in c.errors]
    for name in ("version", "prodid", "method"):
        if name not in calendar:
            problems.append(f"no {name}")
    events = []
    for event in calendar.walk("vevent"):
        for name in ("uid", "dtstamp", "dtstart"):
            if name not in event:
                problems.append(f"an event without {name}")
        events.append({
            "uid": str(event["uid"]), "sequence": int(event["sequence"]), "status": str(event["status"]), "summary": str(event["summary"]),
            "description": str(event["description"]), "location": str(event["location"]) if "location" in event else None,
            "start": event["dtstart"].dt.strftime("%Y-%m-%dT%H:%M:%SZ"), "end": event["dtend"].dt.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "utc": event["dtstart"].dt.utcoffset().total_seconds() == 0,
        })
    if len({e["uid"] for e in events}) != len(events):
        problems.append("an uid twice")
    return {"problems": problems, "method": str(calendar.get("method")), "events": events}


def atom(data):
    import feedparser

    read = feedparser.parse(data)
    problems = [str(read.bozo_exception)] if read.bozo else []
    root = tree.fromstring(data)
    # RFC 4287, 4.1.1 and 4.1.2: exactly one of each; an author above or within; a date is RFC 3339; ids are absolute
    for element in [root] + root.findall(ATOM + "entry"):
        for name in ("id", "title", "updated"):
            if len(element.findall(ATOM + name)) != 1:
                problems.append(f"{element.tag}: {name} is there {len(element.findall(ATOM + name))} times")
        if not RFC3339.fullmatch(element.findtext(ATOM + "updated", "")):
            problems.append("updated is no RFC 3339 date")
        if element.find(ATOM + "author/" + ATOM + "name") is None:
            problems.append("no author")
        if ":" not in element.findtext(ATOM + "id", ""):
            problems.append("an id is no IRI")
    selfs = [link.get("href") for link in root.findall(ATOM + "link") if link.get("rel") == "self"]
    if len(selfs) != 1:
        problems.append("one link to itself")
    ids = [e.findtext(ATOM + "id") for e in root.findall(ATOM + "entry")]
    if len(set(ids)) != len(ids):
        problems.append("an id twice")
    gone = [{"ref": e.get("ref"), "when": e.get("when")} for e in root.findall(TOMBSTONE + "deleted-entry")]
    problems += [f"a tombstone without ref or when: {g}" for g in gone if not g["ref"] or not RFC3339.fullmatch(g["when"] or "")]
    problems += [f"{g['ref']} is there and gone" for g in gone if g["ref"] in ids]
    return {"problems": problems, "self": selfs[0] if selfs else None, "language": read.feed.get("language"), "author": read.feed.get("author"), "gone": gone,
            "entries": [{"id": e.id, "title": e.title, "updated": e.updated, "link": e.get("link"), "terms": [t["term"] for t in e.tags]} for e in read.entries]}


def ninjs(data, schema):
    import jsonschema

    validator = jsonschema.Draft202012Validator(json.load(open(schema, encoding="utf-8")), format_checker=jsonschema.FormatChecker())
    item = json.loads(data)
    problems = ["/".join(map(str, e.absolute_path)) + ": " + e.message[:300] for e in validator.iter_errors(item)]
    return {"problems": problems, "items": len(item.get("associations", []))}


kind, data = sys.argv[1], open(sys.argv[2], "rb").read()
print(json.dumps({"ics": ics, "atom": atom}[kind](data) if kind != "ninjs" else ninjs(data, sys.argv[3]), ensure_ascii=True))
