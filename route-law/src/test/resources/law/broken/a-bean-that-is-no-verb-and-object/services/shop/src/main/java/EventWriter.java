public class EventWriter {}
