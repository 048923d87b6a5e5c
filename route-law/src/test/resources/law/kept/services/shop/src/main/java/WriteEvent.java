public class WriteEvent {}
