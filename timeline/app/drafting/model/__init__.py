"""Facts that a language model proposes for a text: any OpenAI-compatible endpoint, if the user has one.

What it answers is treated as hostile. It is data, in strict JSON, of which a fact passes only where its quotes stand in
the text and its figures, dates and names are those that stand there; all else becomes a candidate with the reason.
"""
