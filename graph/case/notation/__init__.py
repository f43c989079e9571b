"""Format 2: lines of text under a place and a speaker.

`tokens` cuts a line into words, `grammar` makes a `Line` of them, `files` reads the YAML around the lines, and `lower`
writes all of it as the blocks of format 1, which the rest of the package reads. So a case means the same in both.
"""
