"""What the rules' own words are called in a language: on screens, in files, in answers.

No screen is drawn here; components, reports and answers over HTTP import it.
"""
