"""The roadmap of a school year: seven stages with tasks (п. 3.3, 3.4, приложение)."""
