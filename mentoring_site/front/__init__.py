"""The front: what stands between the network and the threads that run Django.

A visitor may send slowly, send too much, read slowly or ask for much at once; threads are few. So a request is received
whole before a thread is taken (``bodies``), waits for a thread in a fair line (``lanes``), is answered by the WSGI
application (``bridge``), and is sent without a thread. ``application`` puts these together as an ASGI application.
"""
