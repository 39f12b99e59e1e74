# SPDX-License-Identifier: GPL-3.0-or-later
"""A section of a form as a static page, for the browser that the app is measured beside: the same sections, fields and
thumbnails, no script, no framework, nothing to fetch but its images."""
import html
import io
import os

from PIL import Image

THUMBNAIL = (160, 160)
KINDS = {'email': 'email', 'mobile': 'tel', 'integer': 'number', 'decimal': 'number', 'date': 'date', 'month': 'month'}
STYLE = '''body{margin:0;display:flex;font:15px sans-serif;caret-color:transparent}
nav{width:16em;border-right:1px solid #ccc;padding:1em}nav a{display:block;padding:.5em}
main{max-width:40em;padding:1em 3em;flex:1}label{display:block;margin:.9em 0 .2em}
input,select,textarea{font:inherit;width:100%;padding:.5em;box-sizing:border-box}[type=checkbox]{width:auto}
img{margin:.3em;border:1px solid #ccc}section[hidden]{display:none}'''


def control(field, value, focus):
    words = f' id="{field["id"]}"' + (' autofocus' if focus else '') + (' required' if field.get('required') else '')
    text = '' if value is None else html.escape(str(value), quote=True)
    if field['type'] == 'choice':
        return f'<select{words}><option>' + ''.join(
            f'<option{" selected" if choice == value else ""}>{html.escape(choice)}' for choice in field.get('choices', ())) + '</select>'
    if field['type'] == 'paragraph':
        return f'<textarea rows=6{words}>{text}</textarea>'
    if field['type'] == 'flag':
        return f'<input type=checkbox{words}{" checked" if value else ""}>'
    return f'<input type={KINDS.get(field["type"], "text")}{words} value="{text}">'


def draw_field(field, value, focus, shown, thumbnails):
    label = f'<label for="{field["id"]}">{html.escape(field["label"])}</label>'
    if field['type'] != 'images':
        return label + control(field, value, focus)
    lazy = '' if shown else ' loading=lazy'
    return label + '<div>' + ''.join(f'<img src="{thumbnails[image["sha256"]]}" alt="{html.escape(image["name"])}"{lazy}>'
                                     for image in value or ()) + '<button>添加图片</button></div>'


def draw_section(section, document, shown, thumbnails):
    entries = document.get('entries') or [document]
    parts, focus = [], shown
    for entry in entries:
        for field in section['fields']:
            parts.append(draw_field(field, entry.get('values', {}).get(field['id']), focus, shown, thumbnails))
            focus = False
    return f'<section{"" if shown else " hidden"}><h1>{html.escape(section["title"])}</h1><p>{html.escape(section.get("hint", ""))}</p>' \
        + ''.join(parts) + '</section>'


def write_thumbnails(folder, pictures):
    names = {}
    for picture in pictures:
        image = Image.open(io.BytesIO(picture.data))
        image.thumbnail(THUMBNAIL)
        names[picture.sha256] = f'{picture.sha256}.jpg'
        image.save(os.path.join(folder, names[picture.sha256]), 'JPEG', quality=80)
    return names


def write_page(folder, form, documents, pictures, shown):
    """The page's path. shown: the id of the section that is open, whose first field gets the focus; the others are there, hidden,
    as behind a list of sections."""
    os.makedirs(folder, exist_ok=True)
    thumbnails = write_thumbnails(folder, pictures)
    sections = [section for section in form['sections'] if section.get('fills') != 'unit']
    path = os.path.join(folder, 'form.html')
    with open(path, 'w', encoding='utf-8') as file:
        file.write(f'<!doctype html><html lang=zh-CN><meta charset=utf-8><title>{html.escape(form["title"])}</title><style>{STYLE}</style><nav>'
                   + ''.join(f'<a href="#">{html.escape(section["title"])}</a>' for section in sections) + '</nav><main>'
                   + ''.join(draw_section(section, documents.get(section['id'], {}), section['id'] == shown, thumbnails)
                             for section in sections) + '</main></html>')
    return path
