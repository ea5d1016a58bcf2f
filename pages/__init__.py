"""One file for each page that a person opens; navigation.py decides who is offered which."""
