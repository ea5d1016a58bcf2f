"""Who somebody is: signed links that give a browser its roles, and the cookie that keeps them."""
