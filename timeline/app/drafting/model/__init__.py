"""Facts that a language model proposes for a text: any OpenAI-compatible endpoint, if the user has one.

What it answers is treated as hostile. It is data, in strict JSON, of which a fact passes only where its quotes stand in
the text and its figures, dates and names are those that stand there; all else becomes a candidate with the reason.
"""

from timeline.app.drafting.model.failures import ModelUnusable
from timeline.app.drafting.model.proposals import answered, proposals, without
from timeline.app.drafting.model.question import Answer, Known, Question
from timeline.app.drafting.model.settings import Secret, Settings

__all__ = ["Answer", "Known", "ModelUnusable", "Question", "Secret", "Settings", "answered", "proposals", "without"]
