"""What stands before every route, and what every answer over HTTP has in common.

Proxies and addresses, protection and budgets, connections and sockets, threads, pages drawn on the
server, problems, cookies. Whatever has routes imports it; it knows the framework in one module.
"""
