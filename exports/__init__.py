"""Exhibits and stories → bytes: pptx, xlsx, docx, html deck, pdf, png, svg and csv.

Nothing here reads a store or draws a plotly figure; both are handed in (``__main__`` does so).
"""
