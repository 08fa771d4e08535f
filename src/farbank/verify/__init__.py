"""What is established: chains, origins, standing, territory, and the sentences that say so."""
