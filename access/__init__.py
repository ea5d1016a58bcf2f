"""Who somebody is: signing in, invitations, screens' links, the second factor, a person's account.

Components, the phone page and the live socket ask `visitors` who holds a browser's cookies.
"""
