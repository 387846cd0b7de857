"""Rules of an Application Load Balancer's listener: read, decided, compared."""
