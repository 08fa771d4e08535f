"""Pictures, papers and films made fit to publish: what they show, made anew, and nothing else.

`clean` takes pictures, `anew.anew` every kind farbank knows. Neither guards the process it runs
in: hostile files go through `desk.clean_media`, which does the work in a child with memory and time to lose.
"""

from farbank.protect.media.errors import MissingExtra, NotAPicture, NotMedia, SoundOnly
from farbank.protect.media.pictures import CleanPicture, clean

__all__ = ["CleanPicture", "MissingExtra", "NotAPicture", "NotMedia", "SoundOnly", "clean"]
