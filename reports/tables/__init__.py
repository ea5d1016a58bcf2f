"""The tables of the files, for all kinds of files once: a module for each subject.

What makes and writes files imports them; each table is a function of what a file is made of.
"""
