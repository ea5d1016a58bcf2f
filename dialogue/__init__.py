"""The rules of a dialogue: pure functions and frozen values, without screen, SQL or clock."""
