"""What our cookies are called."""

SESSION = "dialogue_session"
SCREEN = "dialogue_screen"
BROWSER = "dialogue_browser"
