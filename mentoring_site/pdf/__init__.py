"""Papers as PDF/UA: facts and a template in, bytes out (``render``)."""
