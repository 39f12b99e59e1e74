# SPDX-License-Identifier: GPL-3.0-or-later
"""The screen as X shows it, and keys as a keyboard sends them: looking and typing this way costs the program that is looked at
nothing, whatever it is made with.

    screen = Screen()
    screen.press('m'); screen.press('Next', 'Control_L')
    before = screen.picture(box)        # a box: (x, y, width, height)
    screen.await_picture(box, before.tobytes(), seconds=60)   # as of picture(): the moment it is there"""
import ctypes
import time

from PIL import Image

Z_PIXMAP, ALL_PLANES = 2, 0xffffffff
GLANCE = 0.002          # seconds between two looks


class XImage(ctypes.Structure):
    _fields_ = [('width', ctypes.c_int), ('height', ctypes.c_int), ('xoffset', ctypes.c_int), ('format', ctypes.c_int),
                ('data', ctypes.c_void_p), ('byte_order', ctypes.c_int), ('bitmap_unit', ctypes.c_int),
                ('bitmap_bit_order', ctypes.c_int), ('bitmap_pad', ctypes.c_int), ('depth', ctypes.c_int),
                ('bytes_per_line', ctypes.c_int), ('bits_per_pixel', ctypes.c_int),
                ('red_mask', ctypes.c_ulong), ('green_mask', ctypes.c_ulong), ('blue_mask', ctypes.c_ulong),
                ('obdata', ctypes.c_void_p), ('create', ctypes.c_void_p),
                ('destroy', ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p))]


class Screen:
    def __init__(self):
        self.x, self.test = ctypes.CDLL('libX11.so.6'), ctypes.CDLL('libXtst.so.6')
        self.x.XOpenDisplay.restype = ctypes.c_void_p
        self.x.XDefaultRootWindow.restype = self.x.XStringToKeysym.restype = ctypes.c_ulong
        self.x.XGetImage.restype = ctypes.POINTER(XImage)
        self.display = ctypes.c_void_p(self.x.XOpenDisplay(None))
        if not self.display:
            raise AssertionError('no display')
        self.root = ctypes.c_ulong(self.x.XDefaultRootWindow(self.display))
        self.all = (0, 0, self.x.XDisplayWidth(self.display, 0), self.x.XDisplayHeight(self.display, 0))
        self.middle = (self.all[2] * 2 // 5, 0, self.all[2] // 4, self.all[3] // 2)     # of the upper half: looked at in no time

    def look(self, box):
        x, y, width, height = box
        found = self.x.XGetImage(self.display, self.root, x, y, width, height, ctypes.c_ulong(ALL_PLANES), Z_PIXMAP)
        image = found.contents
        picture = ctypes.string_at(image.data, image.bytes_per_line * height)
        image.destroy(ctypes.cast(found, ctypes.c_void_p))
        return picture

    def picture(self, box):
        """What stands there, to be looked at by who judges pixels."""
        return Image.frombytes('RGB', box[2:], self.look(box), 'raw', 'BGRX')

    def press(self, key, *held):
        codes = [self.x.XKeysymToKeycode(self.display, ctypes.c_ulong(self.x.XStringToKeysym(name.encode()))) for name in (*held, key)]
        for code in codes:
            self.test.XTestFakeKeyEvent(self.display, code, True, ctypes.c_ulong(0))
        for code in reversed(codes):
            self.test.XTestFakeKeyEvent(self.display, code, False, ctypes.c_ulong(0))
        self.x.XSync(self.display, False)

    def rest_pointer(self):
        """Where nothing is, so that nothing lights up below it."""
        self.test.XTestFakeMotionEvent(self.display, -1, self.all[2] - 1, self.all[3] - 1, ctypes.c_ulong(0))
        self.x.XSync(self.display, False)

    def await_picture(self, box, picture, seconds):
        """The moment at which it is seen; None: it never was."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.picture(box).tobytes() == picture:
                return time.monotonic()
            time.sleep(GLANCE)
        return None

    def await_rest(self, box, quiet, patience=None):
        """Awaits that something changes, so long at most, and that nothing changes any more for a while: the moments of the first
        and of the last change, None where none was. All in seconds."""
        first = last = None
        seen, began = self.look(box), time.monotonic()
        while time.monotonic() - (last or began) < (quiet if last else patience or quiet):
            shown = self.look(box)
            if shown != seen:
                seen, last = shown, time.monotonic()
                first = first or last
            time.sleep(GLANCE)
        return first, last
